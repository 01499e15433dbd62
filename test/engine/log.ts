/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { Logger as LoggerOfN8n } from '@n8n/backend-common';
import type { Container as ContainerOfN8n } from '@n8n/di';

/** What n8n-core itself uses: another version may lie beside it. */
function ofCore<T extends object>(name: string): T {
	const paths = [require.resolve('n8n-core')];
	return jest.requireActual<T>(require.resolve(name, { paths }));
}

/** What is written into n8n's log from now on, at this level; until `jest.restoreAllMocks()`. */
export function watchLog(level: 'info' | 'warn' = 'info'): () => string[] {
	const { Container } = ofCore<{ Container: typeof ContainerOfN8n }>('@n8n/di');
	const { Logger } = ofCore<{ Logger: typeof LoggerOfN8n }>('@n8n/backend-common');
	const lines = jest.spyOn(Container.get(Logger), level).mockImplementation(() => undefined);
	return () => lines.mock.calls.map(([text]) => text);
}
