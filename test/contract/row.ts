import type * as lark from '@larksuiteoapi/node-sdk';
import type { INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import type { Endpoint, Sandbox } from '../../sandbox';

/** A request as it goes over the wire. */
export interface Wire {
	method: string;
	path: string;
	query: Record<string, string>;
	body?: unknown;
}

/** What a field refuses: values, and how the message goes on after the field's name. */
export interface BadInput {
	values: unknown[];
	message: RegExp;
	/** Where n8n takes no expression for the whole field: what holds the value instead. */
	within?(value: string): NodeParameterValueType;
}

/** All that the suites have to know of one operation. */
export interface Row {
	resource: string;
	operation: string;
	/** Whether its calls only read: then they are repeated. */
	isReading: boolean;
	/** What the sandbox calls its endpoint. */
	endpoint: Endpoint;
	/** Every field, with a value of its own; options in `options`. */
	sample(sandbox: Sandbox): INodeParameters & { options?: INodeParameters };
	/** What the sample sends. */
	request(sandbox: Sandbox): Wire;
	/** The call of the official SDK that means the same. */
	sdk(client: lark.Client, sandbox: Sandbox): Promise<unknown>;
	/** Where the SDK's request differs, and why. */
	differences?: Partial<Record<keyof Wire, string>>;
	/** How often the platform has carried the sample out; for writes alone. */
	effects(sandbox: Sandbox): number;
	/** By field or option. */
	badInput: Record<string, BadInput>;
	/** What the sample leaves at its default, and why. */
	atDefault: Record<string, string>;
	/** Words that the description needs, so that an agent knows what the operation does. */
	words: RegExp;
}
