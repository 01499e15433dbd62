import type * as lark from '@larksuiteoapi/node-sdk';
import type { IBinaryKeyData, INodeParameters, NodeParameterValueType } from 'n8n-workflow';

import type { Endpoint, Sandbox } from '../../sandbox';

/** A request as it goes over the wire. */
export interface Wire {
	method: string;
	path: string;
	query: Record<string, string | string[]>;
	body?: unknown;
	/** What the official SDK sends otherwise for the same, and why. */
	sdk?: Partial<Pick<Wire, 'method' | 'path' | 'query' | 'body'>> & { why: string };
}

/** What a field refuses: values, and how the message goes on after the field's name. */
export interface BadInput {
	values: unknown[];
	message: RegExp;
	/** Where n8n takes no expression for the whole field: what holds the value instead. */
	within?(value: string): NodeParameterValueType;
}

/** One item for an operation, about things that no other item is about. */
export interface Case {
	/** Every field, with a value of its own; options in `options`. */
	sample: INodeParameters;
	/** The files of the item. */
	binary?: IBinaryKeyData;
	/** All that it sends, in order; the exchange of a token is not among it. */
	requests: Wire[];
	/** The calls of the official SDK that mean the same. */
	sdk(client: lark.Client): Promise<unknown>;
	/** How often the platform has done each of the things that it asks for; for writes alone. */
	effects?(): number[];
}

/** What the node does when the answer to the call got lost. */
export type AfterLoss =
	/** It only reads: it is asked again. */
	| 'repeats'
	/** It finds out whether it was carried out, and sends once more what was not. */
	| 'reads back'
	/** It asks a second time, which does no harm: what is so already is refused. */
	| 'asks again'
	/** Nobody can find out: it says so and sends nothing. */
	| 'gives up';

/** One way to use an operation. */
export interface Variant {
	/** What is special about it, where there are several. */
	title?: string;
	/** What the sandbox calls the endpoint that it is about: its calls are disturbed and counted. */
	endpoint: Endpoint;
	afterLoss: AfterLoss;
	/** Fields of its output that every answer gives anew, or that nobody can find out afterwards. */
	differs?: string[];
	/** It gives out an item for each entry of a list, none where the list is empty. */
	isList?: true;
	/** Puts things of its own into the sandbox and asks for them; each time others. */
	make(sandbox: Sandbox): Case;
	/** How this endpoint refuses, and what the explanation has to say about it. */
	refusal: { code: number; msg: string; status: number; words: RegExp };
}

/** All that the suites have to know of one operation. */
export interface Row {
	resource: string;
	operation: string;
	variants: Variant[];
	/** By field or option. */
	badInput: Record<string, BadInput>;
	/** Fields that every sample leaves at their default, and why. */
	atDefault?: Record<string, string>;
	/** What builders are told; for writes, what they change. */
	words: RegExp;
	/**
	 * What agents have to be told in the descriptions of fields. Of an operation they see its action
	 * alone ("Approve a task in Feishu Approval"), whose verb says whether something is changed.
	 */
	tells?: RegExp;
}
