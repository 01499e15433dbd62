import { Problem } from '../approval/problem';

/** Networks that no file of Feishu lies in: those of machines, companies and providers. */
const PRIVATE_V4 =
	/^(0|10|127|169\.254|192\.168|192\.0\.0|198\.1[89]|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|2(2[4-9]|[34]\d|5[0-5]))\./;
const PRIVATE_V6 =
	/^\[(::|::1|::ffff:.*|::[\da-f]+:[\da-f]+|f[cd].*|fe[89a-f].*|ff.*|64:ff9b:.*|2002:.*)\]$/;
const PRIVATE_NAME = /^(localhost|[^.]+|.*\.(localhost|local|internal|intranet|lan|home|corp))\.?$/;

/** Whether an address leads into a private network, as far as it tells without being looked up. */
export function isPrivateHost({ hostname }: URL): boolean {
	if (hostname.startsWith('[')) return PRIVATE_V6.test(hostname);
	return PRIVATE_V4.test(hostname) || PRIVATE_NAME.test(hostname);
}

/**
 * What forbids to follow the link of a file. Only where the platform itself is at a private address,
 * files may be.
 */
export function linkProblem(link: string, baseUrl: string): Problem | undefined {
	const hint = 'The link came from Feishu. Download the file in Feishu.';
	if (!URL.canParse(link)) return new Problem('its link is not a web address', hint);
	const url = new URL(link);
	const base = new URL(baseUrl);
	if (isPrivateHost(base) && /^https?:$/.test(url.protocol)) return undefined;
	if (url.protocol !== 'https:') return new Problem('its link does not begin with https://', hint);
	if (url.username !== '' || url.password !== '') {
		return new Problem('its link holds a user name', hint);
	}
	return isPrivateHost(url)
		? new Problem('its link leads into a private network', hint)
		: undefined;
}
