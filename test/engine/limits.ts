import type * as Endpoints from '../../feishu/endpoints';

type Name = keyof typeof Endpoints.ENDPOINTS;

/** The limits of all endpoints by their names, for tests to change. */
export type Limits = Record<Name, Endpoints.Window[]>;

/** The limits of these endpoints: what is set here is obeyed by whoever uses them. */
export function limitsOf(endpoints: typeof Endpoints.ENDPOINTS): Limits {
	return new Proxy({} as Limits, {
		get: (_limits, name: Name) => endpoints[name]?.windows,
		set: (_limits, name: Name, windows: Endpoints.Window[]) => {
			endpoints[name].windows = windows;
			return true;
		},
		ownKeys: () => Object.keys(endpoints),
		getOwnPropertyDescriptor: (_limits, name: Name) => ({
			value: endpoints[name].windows,
			enumerable: true,
			configurable: true,
			writable: true,
		}),
	});
}
