/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/require-node-api-error, no-console -- a command for a terminal */
import { ENDPOINTS } from './endpoints';
import {
	CC_SAMPLE_INSTANCE,
	EXPENSE_INSTANCE,
	FIXTURE_USERS,
	LEAVE_INSTANCE,
	SAMPLE_INSTANCE,
	SANDBOX_APP,
	startSandbox,
} from './index';
import { whenOrphaned } from './orphan';
import type { JournalEntry, Sandbox, SandboxOptions } from './index';

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

function greeting({ url }: Sandbox): string {
	const instances = [SAMPLE_INSTANCE, CC_SAMPLE_INSTANCE, EXPENSE_INSTANCE, LEAVE_INSTANCE].map(
		({ instance_code, approval_code, status = SAMPLE_INSTANCE.status }) =>
			`  ${instance_code}  (definition ${approval_code}, ${status})`,
	);
	const users = FIXTURE_USERS.map(
		({ open_id, union_id, user_id, email = '', mobile = '' }) =>
			`  ${open_id}  ${union_id}  ${user_id}  ${email}  ${mobile}`,
	);
	return [
		`A local Feishu platform is listening on ${url}`,
		'',
		'Credential "Feishu App API" in n8n:',
		'  Platform:   Custom',
		`  Base URL:   ${url}`,
		`  App ID:     ${SANDBOX_APP.app_id}`,
		`  App Secret: ${SANDBOX_APP.app_secret}   (made up, of use only here)`,
		'',
		'Approval instances (instance codes):',
		...instances,
		'',
		'Users (open_id, union_id, user_id, email address, mobile number):',
		...users,
		'',
		'Endpoints:',
		...Object.values(ENDPOINTS).map(({ method, path }) => `  ${method.padEnd(4)} ${path}`),
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

async function main(): Promise<void> {
	const wanted = process.env.PORT || String(DEFAULT_PORT);
	const port = Number(wanted);
	if (!/^\d+$/.test(wanted) || port > 65_535) {
		console.error(`PORT is "${wanted}": it has to be a number from 0 (a free port) to 65535.`);
		process.exitCode = 1;
		return;
	}
	const sandbox = await startOnFreePort({ port, onDone: (entry) => console.log(line(entry)) });
	sandbox.tokens.accept(SANDBOX_APP.app_id, PRINTED_TOKEN, Infinity);
	const end = () => void sandbox.close();
	process.once('SIGINT', end);
	process.once('SIGTERM', end);
	whenOrphaned(end);
	console.log(greeting(sandbox));
}

void main();
