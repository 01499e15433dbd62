import { Problem } from '../approval/problem';

/** Networks that no file of Feishu lies in: those of machines, companies and providers. */
const PRIVATE_V4 =
	/^(0|10|127|169\.254|192\.168|192\.0\.0|198\.1[89]|172\.(1[6-9]|2\d|3[01])|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])|2(2[4-9]|[34]\d|5[0-5]))\./;
const V4 = /^\d+(\.\d+){3}$/;
/** Addresses of the internet (2000::/3); forms that hold a v4 address lie elsewhere, but for 6to4. */
const PUBLIC_V6 = /^\[[23][\da-f]{3}:/;
/** Tunnels, tests and documentation: 2001::/23 (Teredo), 2001:db8::/32, 2002::/16 (6to4), 3fff::/20. */
const SPECIAL_V6 = /^\[(2001:(:|1?[\da-f]{1,2}:|db8:)|2002:|3fff:(:|[\da-f]{1,3}:))/;
const PRIVATE_NAME =
	/^([^.]*|(.*\.)?(localhost|localdomain|local|internal|intranet|private|lan|home|home\.arpa|corp))$/;

/** Whether an address leads into a private network, as far as it tells without being looked up. */
export function isPrivateHost({ hostname }: URL): boolean {
	if (hostname.startsWith('[')) return !PUBLIC_V6.test(hostname) || SPECIAL_V6.test(hostname);
	if (V4.test(hostname)) return PRIVATE_V4.test(hostname);
	return PRIVATE_NAME.test(withoutDots(hostname));
}

/** A name without the dots at its end; a pattern for them would begin anew at every dot within. */
function withoutDots(name: string): string {
	let end = name.length;
	while (name[end - 1] === '.') end--;
	return name.slice(0, end);
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
