/* eslint-disable @n8n/community-nodes/no-restricted-imports */
import type { IncomingHttpHeaders } from 'node:http';
import type { Endpoint } from './endpointNames';

export type { Endpoint, LimitedEndpoint } from './endpointNames';

/** The kinds of user id of Approval v4 (query `user_id_type`); `open_id` is the default. */
export type UserIdType = 'open_id' | 'union_id' | 'user_id';

/** What a test may say about an app; everything but id and secret has a default. */
export interface AppFixture {
	app_id: string;
	app_secret: string;
	/** Default: every approval scope and `contact:user.employee_id:readonly`. */
	scopes?: string[];
	/** false: API calls answer 99991662, the token exchange 10014. */
	enabled?: boolean;
	/** true: API calls, but not the exchange, answer 99991401. */
	deniedIp?: boolean;
	/** true: API calls answer 99991403. */
	quotaUsedUp?: boolean;
	/** Whose contact data the app may see, by open_id; default: everybody's. */
	contactRange?: string[] | 'all';
	/** The sources name two codes for a wrong secret; default 10015. */
	wrongSecretCode?: 10014 | 10015;
	/** How `user_id` looks without the field scope: the key is left out (default) or `''`. */
	userIdWithoutScope?: 'absent' | 'empty';
	/** true: the app belongs to the other cloud; a long connection is refused with 1000040351. */
	ofOtherCloud?: boolean;
	/** false: refusals come in the old shape, `data: {}` and no `error` object. */
	errorDetails?: boolean;
}

export type App = Required<AppFixture>;

export interface User {
	open_id: string;
	union_id: string;
	user_id: string;
	/** App id in which the open_id is valid; without it the open_id is valid in every app. */
	app?: string;
	/** As Feishu knows it: in lower case. */
	email?: string;
	/** With "+" and country code. */
	mobile?: string;
	/** The mailbox that the company has at Feishu: nobody is found by it. */
	enterpriseEmail?: string;
	/** Has left the company: found only if asked for. */
	resigned?: boolean;
	/** IDs of the departments, of the department_id kind; the first is used where none is named. */
	departments?: string[];
}

/** A file that the platform keeps until a form attaches it. */
export interface UploadedFile {
	name: string;
	type: 'image' | 'attachment';
	/** How an instance names it (see the file host). */
	link: string;
}

export interface AttachedFile {
	url: string;
	file_size: number;
	title: string;
	type: string;
}

export interface Task {
	id: string;
	user_id: string;
	open_id?: string;
	status: string;
	node_id?: string;
	node_name?: string;
	custom_node_id?: string;
	type?: string;
	start_time: string;
	end_time?: string;
}

export interface InstanceComment {
	id: string;
	user_id: string;
	open_id: string;
	comment: string;
	create_time: string;
	files?: AttachedFile[];
}

/** A comment with all that the endpoints of comments know of it. */
export interface StoredComment {
	id: string;
	/** JSON text, as it was sent. */
	content: string;
	create_time: string;
	update_time: string;
	is_delete: 0 | 1;
	replies: StoredComment[];
	mentions: Array<{ person: User; name: string; offset: string }>;
	commentator: User;
}

export interface TimelineEntry {
	type: string;
	create_time: string;
	user_id?: string;
	open_id?: string;
	user_id_list?: string[];
	open_id_list?: string[];
	task_id?: string;
	comment?: string;
	cc_user_list?: Array<{ user_id: string; cc_id: string; open_id: string }>;
	ext: string;
	node_key?: string;
	files?: AttachedFile[];
}

/** `data` of Get Instance, field by field as in the page's sample; times are strings of ms. */
export interface InstanceData {
	approval_name: string;
	start_time: string;
	end_time: string;
	user_id: string;
	open_id: string;
	serial_number: string;
	department_id: string;
	status: string;
	uuid: string;
	form: string;
	task_list: Task[];
	comment_list: InstanceComment[];
	timeline: TimelineEntry[];
	modified_instance_code?: string;
	reverted_instance_code?: string;
	approval_code: string;
	reverted: boolean;
	instance_code: string;
}

/** An instance and how the platform treats it; the flags never leave the sandbox. */
export interface Instance extends InstanceData {
	/** Both endpoints answer HTTP 403 with 1390009. */
	forbidden?: boolean;
	/** CC and decisions answer 1390018: the node wants a handwritten signature. */
	handwritten?: boolean;
	/** Comments made through the API. */
	comments?: StoredComment[];
	/** Nodes that are still to come: whom each of them asks. */
	nextNodes?: Task[][];
	/** Nobody may withdraw it. */
	forbidsRevoke?: boolean;
	/** When (epoch ms) it can first be found by its uuid. */
	foundByUuidFrom?: number;
	/** Whom to copy once a node is over, by node ID. */
	nodeCopies?: Record<string, User[]>;
}

/** One request as it arrived, and what became of it. */
export interface JournalEntry {
	/** Arrival, epoch ms on the platform's clock. */
	at: number;
	endpoint: Endpoint;
	method: string;
	/** Still encoded, without the query. */
	path: string;
	query: Record<string, string | string[]>;
	rawQuery: string;
	headers: IncomingHttpHeaders;
	/** Parsed JSON, else the raw text; undefined without a body. */
	body: unknown;
	rawBody: string;
	appId?: string;
	token?: string;
	/** HTTP status and Feishu `code` of the answer that was sent, if one was. */
	status?: number;
	code?: number;
	outcome: 'answered' | 'reset' | 'hung' | 'pending';
	/** The platform did what was asked, whether or not its answer reached the client. */
	carriedOut: boolean;
	/** open_ids that this very CC copied. */
	copied: string[];
	/** The client hung up before the answer was complete. */
	aborted: boolean;
}
