/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports */
import { resolve } from 'node:path';

import { command } from './command';
import { CURRENT, installN8n } from './install';

const ROOT = resolve(__dirname, '../..');
const NODE = 'test/nodes/FeishuApprovalTrigger';
const FILES = ['connection', 'refusal', 'sharing', 'endurance'];

/** The tests of the client use a stand-in where Node has no WebSocket of its own. */
it(`does all over the WebSocket of Node ${CURRENT.nodeMajor} that its tests ask of the long connection`, async () => {
	const { node } = await installN8n(CURRENT, () => undefined);
	const files = FILES.map((name) => `${NODE}/longConnection/${name}.test.ts`);
	const jest = ['node_modules/jest/bin/jest.js', '--ci', '-w', '1', '--silent'];
	const run = [...jest, '--runTestsByPath', ...files, `${NODE}/node.longConnection.test.ts`];
	// A command that does not succeed throws, with what it printed.
	await command(node, run, { cwd: ROOT });
}, 300_000);
