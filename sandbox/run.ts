/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/require-node-api-error, no-console -- a command for a terminal */
import { parseArgs } from 'node:util';
import { directory } from './directory';
import { ENDPOINTS } from './endpoints';
import { ACCOUNTANT, EXPENSE_INSTANCE, SAMPLE_INSTANCE, SANDBOX_APP, startSandbox } from './index';
import { whenOrphaned } from './orphan';
import type { Delivery, JournalEntry, Sandbox, SandboxOptions } from './index';

const DEFAULT_PORT = 3900;

/** The token as the pages print it, so that their curl lines work with only the host changed. */
const PRINTED_TOKEN = 't-7f1b******8e560';

/** One line without secrets: no token, no body, no query. */
function line(entry: JournalEntry): string {
	const time = new Date(entry.at).toISOString().slice(11, 23);
	const result = entry.status === undefined ? entry.outcome : `HTTP ${entry.status}`;
	const code = entry.code === undefined ? '' : ` code ${entry.code}`;
	const copied = entry.copied.length === 0 ? '' : ` copied ${entry.copied.join(', ')}`;
	return `${time} ${entry.method} ${entry.path} -> ${result}${code}${copied}`;
}

/** One line about a try to push an event, without its content. */
function eventLine({ type, way, attempts, instanceCode = '' }: Delivery): string {
	const { at, ms, status, problem } = attempts.at(-1)!;
	const result = problem ?? `${status} after ${ms} ms`;
	const time = new Date(at).toISOString().slice(11, 23);
	return `${time} event ${type} ${instanceCode} over ${way} -> ${result}`;
}

/** The body of the call that approves the open task of the expense claim. */
const APPROVAL = JSON.stringify({
	approval_code: EXPENSE_INSTANCE.approval_code,
	instance_code: EXPENSE_INSTANCE.instance_code,
	user_id: ACCOUNTANT.open_id,
	task_id: EXPENSE_INSTANCE.task_list?.find(({ status }) => status === 'PENDING')?.id,
});

function greeting(sandbox: Sandbox): string {
	const { url } = sandbox;
	return [
		`A local Feishu platform is listening on ${url}`,
		'',
		'Credential "Feishu App API" in n8n:',
		'  Platform:   Custom',
		`  Base URL:   ${url}`,
		`  App ID:     ${SANDBOX_APP.app_id}`,
		`  App Secret: ${SANDBOX_APP.app_secret}   (made up, of use only here)`,
		'',
		...directory(sandbox),
		'',
		'Endpoints:',
		...Object.values(ENDPOINTS).map(({ method, path }) => `  ${method.padEnd(4)} ${path}`),
		'',
		'Events go out over the long connection, or to --events-url (see --help), once the app has',
		'subscribed to the definition. To subscribe and cause some without n8n:',
		`  curl -X POST '${url}/open-apis/approval/v4/approvals/${EXPENSE_INSTANCE.approval_code}/subscribe' -H 'Authorization: Bearer ${PRINTED_TOKEN}'`,
		`  curl '${url}/open-apis/approval/v4/tasks/approve' -H 'Authorization: Bearer ${PRINTED_TOKEN}' -H 'Content-Type: application/json' -d '${APPROVAL}'`,
		'',
		'To see an answer without n8n (the curl lines of the API pages work, too, with this host):',
		`  curl '${url}/open-apis/approval/v4/instances/${SAMPLE_INSTANCE.instance_code}' -H 'Authorization: Bearer ${PRINTED_TOKEN}'`,
		'',
		'Ctrl-C ends it.',
		'',
	].join('\n');
}

async function startOnFreePort(options: SandboxOptions): Promise<Sandbox> {
	try {
		return await startSandbox(options);
	} catch (error) {
		if ((error as { code?: string }).code !== 'EADDRINUSE') throw error;
		console.log(`Port ${options.port} is taken, using a free one.`);
		return await startSandbox({ ...options, port: 0 });
	}
}

const HELP = `npm run sandbox -- [options]
  --events-url <url>      push events to this request URL, not over the long connection
  --events-key <key>      encrypt and sign them with this encrypt key
  --events-token <text>   the verification token that they carry
  --retry-scale <number>  multiplies the pauses between tries (15 s, 5 min, 1 h, 6 h)
PORT sets another port than ${DEFAULT_PORT}.`;

const OPTIONS = {
	'events-url': { type: 'string' },
	'events-key': { type: 'string' },
	'events-token': { type: 'string' },
	'retry-scale': { type: 'string', default: '1' },
	help: { type: 'boolean', default: false },
} as const;

type Options = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values'];

/** The options and the port; throws an Error that says in a line what is wrong with them. */
function readCommand(): Options & { port: number; retryScale: number } {
	const { values } = parseArgs({ options: OPTIONS });
	const wanted = process.env.PORT || String(DEFAULT_PORT);
	const port = Number(wanted);
	if (!/^\d+$/.test(wanted) || port > 65_535) {
		throw new Error(`PORT is "${wanted}": it has to be a number from 0 (a free port) to 65535.`);
	}
	const retryScale = Number(values['retry-scale']);
	if (!(retryScale > 0 && retryScale <= 1)) {
		throw new Error(
			`--retry-scale is "${values['retry-scale']}": it has to be above 0, at most 1.`,
		);
	}
	const url = values['events-url'];
	if (url !== undefined && !/^https?:\/\//.test(url)) {
		throw new Error(`--events-url is "${url}": it has to begin with http:// or https://.`);
	}
	return { ...values, port, retryScale };
}

/** Checks the request URL as the developer console does, and uses it in any case. */
async function pushTo({ events }: Sandbox, options: Omit<Options, 'help'>): Promise<void> {
	const { 'events-url': url, 'events-key': encryptKey, 'events-token': token } = options;
	if (url === undefined) return;
	const keys = { encryptKey, verificationToken: token };
	const { isAccepted, problem = 'it did not send the challenge back' } =
		await events.saveRequestUrl(url, keys);
	if (!isAccepted) events.setRequestUrl(url, keys);
	const result = isAccepted ? 'passed the check' : `did not pass the check (${problem})`;
	console.log(`The request URL ${result}; events go there.`);
}

async function main(): Promise<void> {
	const { help, port, retryScale, ...options } = readCommand();
	if (help) return console.log(HELP);
	const onAttempt = (delivery: Delivery) => console.log(eventLine(delivery));
	const sandbox = await startOnFreePort({
		port,
		onDone: (entry) => console.log(line(entry)),
		events: { retryScale, onAttempt },
	});
	sandbox.tokens.accept(SANDBOX_APP.app_id, PRINTED_TOKEN, Infinity);
	const end = () => void sandbox.close();
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	whenOrphaned(end);
	console.log(greeting(sandbox));
	await pushTo(sandbox, options);
}

main().catch(({ message }: Error) => {
	console.error(message);
	process.exitCode = 1;
});
