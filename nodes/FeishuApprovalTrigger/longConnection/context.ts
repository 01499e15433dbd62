import type { Applicant } from './secrets';

/** What a trigger node lends to the connection. */
export interface ConnectionContext extends Applicant {
	log: { info(text: string): void; warn(text: string): void };
	/** How many connections the app has open in all (`online_instance_cnt`), if that can be told. */
	onlineCount?(): Promise<number | undefined>;
}
