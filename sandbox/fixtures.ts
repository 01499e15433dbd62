/* eslint-disable @n8n/community-nodes/no-hardcoded-secrets -- sample data, nothing here opens a door */
import type { AppFixture, User } from './model';

/** The app that every sandbox has, with all approval scopes; the secret is made up. */
export const SANDBOX_APP: AppFixture = {
	app_id: 'cli_sandbox0000001',
	app_secret: 'sandbox-only-made-up-0001',
};

/**
 * An app whose ID has the platform's own form, without which the official SDK's client of the long
 * connection does not start. No sandbox has it unless a test says so.
 */
export const SDK_APP: AppFixture = {
	app_id: 'cli_a0b1c2d3e4f50617',
	app_secret: 'sandbox-only-made-up-0002',
};

/** Who started the sample instance. */
export const INITIATOR: User = {
	open_id: 'ou_3cda9c969f737aaa05e6915dce306cb9',
	union_id: 'on_94a1ee5551019f18cd73d9f111898cf2',
	user_id: 'f3ta757q',
	email: 'lin@example.com',
	mobile: '+8613800000001',
	app: SANDBOX_APP.app_id,
};

/** Who approved the sample instance: the `f7cb567e` of both pages. */
export const APPROVER: User = {
	open_id: 'ou_123456',
	union_id: 'on_cad4860e7af114fb4ff6c5d496d1dd76',
	user_id: 'f7cb567e',
	email: 'wang@example.com',
	mobile: '+8613800000002',
	app: SANDBOX_APP.app_id,
};

export const COLLEAGUE: User = {
	open_id: 'ou_7d8a6e6df7621556ce0d21922b676706',
	union_id: 'on_576833b917gda3d939b9a3c2d53e72c8',
	user_id: 'b1c39e27',
	email: 'zhao@example.com',
	mobile: '+8613800000003',
	app: SANDBOX_APP.app_id,
};

export const ACCOUNTANT: User = {
	open_id: 'ou_84aad35d084aa403a838cf73ee18467f',
	union_id: 'on_8ed6aa67826108097d9ee143816345e1',
	user_id: '4f20ad8c',
	email: 'mueller@example.com',
	mobile: '+4915100000004',
	app: SANDBOX_APP.app_id,
};

/**
 * The samples of the CC Instance page pass `f7cb567e` with `user_id_type=open_id`. This person
 * has it as an open_id, so that the samples work as they stand.
 */
export const CC_SAMPLE_USER: User = {
	open_id: 'f7cb567e',
	union_id: 'on_0a39e4c55ff5a5b5ef71a6b3a1e4f0d9',
	user_id: '9a1c27d4',
	app: SANDBOX_APP.app_id,
};

export const FIXTURE_USERS: readonly User[] = [
	INITIATOR,
	APPROVER,
	COLLEAGUE,
	ACCOUNTANT,
	CC_SAMPLE_USER,
];
