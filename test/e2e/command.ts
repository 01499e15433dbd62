/* eslint-disable @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions -- processes, not a node */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';

const running = new Set<ChildProcess>();

/** Ends the commands that are still running. */
export async function endCommands(): Promise<void> {
	const children = [...running];
	const closed = children.map(async (child) => await once(child, 'close'));
	for (const child of children) child.kill('SIGTERM');
	await Promise.all(closed);
}

/** Runs a command to its end; its output is shown only if it does not succeed. */
export async function command(
	file: string,
	args: string[],
	options: { cwd: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number },
): Promise<string> {
	return await new Promise((done, fail) => {
		const child = spawn(file, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
		running.add(child);
		let output = '';
		child.stdout.on('data', (data: Buffer) => (output += data.toString()));
		child.stderr.on('data', (data: Buffer) => (output += data.toString()));
		child.on('error', fail);
		child.on('close', (code) => {
			running.delete(child);
			if (code === 0) done(output);
			else fail(new Error(`${file} ${args.join(' ')} ended with ${code}\n${output.slice(-4000)}`));
		});
	});
}
