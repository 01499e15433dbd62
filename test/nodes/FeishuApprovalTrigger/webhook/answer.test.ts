import * as lark from '@larksuiteoapi/node-sdk';
import fc from 'fast-check';

import {
	judge,
	type JudgeOptions,
	type PushKeys,
} from '../../../../nodes/FeishuApprovalTrigger/webhook/answer';
import { GENERATED } from '../../../hostile/judge';
import { hostileText } from '../../../hostile/values';
import {
	ALL_SAMPLES,
	definitionUpdated,
	encrypt,
	ENCRYPT_KEY,
	EVENT_ID,
	INSTANCE,
	instanceChanged,
	NOW,
	sign,
	TOKEN,
	v2,
} from '../samples';

const KEYS = { encryptKey: ENCRYPT_KEY, verificationToken: TOKEN };
const TOKEN_ONLY = { verificationToken: TOKEN };
const CHECK = { challenge: 'ajls384kdjx98XX', token: TOKEN, type: 'url_verification' };
const CHECK_WITHOUT_TYPE = { challenge: CHECK.challenge, token: TOKEN };

interface Request {
	body: unknown;
	keys?: PushKeys;
	options?: JudgeOptions;
	headers?: Record<string, unknown>;
}

/** A request as it came; a text is sent as it is. */
function judged({ body, keys = KEYS, options = {}, headers = {} }: Request) {
	const text = typeof body === 'string' ? body : JSON.stringify(body);
	return judge({ headers, rawBody: Buffer.from(text) }, keys, options, NOW);
}

const encrypted = (body: unknown, key = ENCRYPT_KEY) =>
	JSON.stringify({ encrypt: encrypt(JSON.stringify(body), key) });

/** A request as the platform sends it when a key is set. */
const pushed = (body: unknown, at = NOW) => {
	const text = encrypted(body);
	return { body: text, headers: sign(text, ENCRYPT_KEY, at) };
};

const refused = (status: number, reason: string) => ({
	kind: 'refused',
	status,
	reason: expect.stringContaining(reason),
});
const EVENT = { kind: 'event', event: { id: EVENT_ID, instanceCode: INSTANCE } };

describe('an event', () => {
	it('that is signed and encrypted is taken', () => {
		expect(judged(pushed(instanceChanged()))).toMatchObject(EVENT);
		expect(judged(pushed(definitionUpdated()))).toMatchObject({ kind: 'event' });
	});

	it('is taken by its key alone, and by its token alone', () => {
		const keys = { encryptKey: ENCRYPT_KEY, verificationToken: '' };
		expect(judged({ ...pushed(instanceChanged()), keys })).toMatchObject(EVENT);
		expect(judged({ body: instanceChanged(), keys: TOKEN_ONLY })).toMatchObject(EVENT);
		const keysWithEmptyKey = { encryptKey: '', verificationToken: TOKEN };
		expect(judged({ body: definitionUpdated(), keys: keysWithEmptyKey })).toMatchObject({
			kind: 'event',
		});
	});

	it('in clear is taken if it is signed', () => {
		const body = JSON.stringify(instanceChanged());
		expect(judged({ body, headers: sign(body) })).toMatchObject(EVENT);
	});

	it('may be written with spaces in its JSON', () => {
		const body = JSON.stringify({ encrypt: encrypt(JSON.stringify(instanceChanged())) }, null, 2);
		expect(judged({ body, headers: sign(body) })).toMatchObject(EVENT);
	});

	it('keeps long numbers whole', () => {
		const body = `{"uuid":"e","token":"${TOKEN}","event":{"type":"approval_task","task_id":6222021234567890123}}`;
		expect(judged({ body, keys: TOKEN_ONLY })).toMatchObject({
			event: { event: { task_id: '6222021234567890123' } },
		});
	});

	it('without keys is taken only if that is accepted', () => {
		const body = instanceChanged();
		for (const keys of [{}, { encryptKey: '', verificationToken: '' }]) {
			expect(judged({ body, keys })).toEqual(refused(401, 'neither'));
			expect(judged({ body: CHECK, keys })).toEqual(refused(401, 'neither'));
			expect(judged({ body, keys, options: { acceptUnverified: true } })).toMatchObject(EVENT);
		}
	});

	it('that is not verified stays refused where a key or a token is set', () => {
		const options = { acceptUnverified: true };
		expect(judged({ body: instanceChanged(), options })).toEqual(refused(401, 'not signed'));
		const body = { ...instanceChanged(), token: 'another' };
		expect(judged({ body, keys: TOKEN_ONLY, options })).toEqual(refused(401, 'token'));
	});
});

describe('refused is', () => {
	const text = encrypted(instanceChanged());

	it.each([
		['what is not signed', {}, 'not signed'],
		['a wrong signature', { ...sign(text), 'x-lark-signature': 'f'.repeat(64) }, 'signature'],
		['an empty signature', { ...sign(text), 'x-lark-signature': '' }, 'signature'],
		['a signature sent twice', { ...sign(text), 'x-lark-signature': ['a', 'b'] }, 'signature'],
		[
			'a signature without a nonce',
			{ ...sign(text), 'x-lark-request-nonce': undefined },
			'signature',
		],
		['the signature of another body', sign('{}'), 'signature'],
		['the signature of another key', sign(text, 'another key'), 'signature'],
		['an old request', sign(text, ENCRYPT_KEY, NOW - 301_000), 'too long ago'],
		['a request of the future', sign(text, ENCRYPT_KEY, NOW + 301_000), 'clocks'],
		[
			'an old request with a new time',
			{ ...sign(text, ENCRYPT_KEY, NOW - 900_000), 'x-lark-request-timestamp': '1700000000' },
			'signature',
		],
	])('%s', (_name, headers, reason) => {
		expect(judged({ body: text, headers })).toEqual(refused(401, reason));
	});

	it('what was sent longer ago than the option says', () => {
		const old = pushed(instanceChanged(), NOW - 600_000);
		expect(judged({ ...old, options: { clockSkew: 600 } })).toMatchObject(EVENT);
		expect(judged({ ...old, options: { clockSkew: 599 } })).toEqual(refused(401, 'too long ago'));
	});

	it.each([NaN, -1, undefined])('an old request also if the option is no time: %p', (clockSkew) => {
		const options = { clockSkew };
		expect(judged({ ...pushed(instanceChanged()), options })).toMatchObject(EVENT);
		const old = pushed(instanceChanged(), NOW - 301_000);
		expect(judged({ ...old, options })).toEqual(refused(401, 'too long ago'));
	});

	it.each([
		['another token', 'somebody-elses'],
		['an empty token', ''],
		['no token', undefined],
		['a token that is a list', [TOKEN]],
		['a longer token', `${TOKEN} `],
	])('%s, in both envelopes, signed or in clear', (_name, token) => {
		for (const body of [
			{ ...instanceChanged(), token },
			v2('approval.approval.updated_v4', {}, { token }),
		]) {
			expect(judged(pushed(body))).toEqual(refused(401, 'token'));
			expect(judged({ body, keys: TOKEN_ONLY })).toEqual(refused(401, 'token'));
		}
	});

	it('a token in the wrong place', () => {
		const body = { ...v2('approval.approval.updated_v4', {}, { token: 'another' }), token: TOKEN };
		expect(judged({ body, keys: TOKEN_ONLY })).toEqual(refused(401, 'token'));
	});

	it.each([
		['no JSON', 'approval'],
		['nothing', ''],
		['a list', '[]'],
		['a text', '"event"'],
		['null', 'null'],
		['deep nesting', '['.repeat(500_000)],
		['an object that says nothing', JSON.stringify({ token: TOKEN })],
	])('%s, whoever sent it', (_name, body) => {
		expect(judged({ body, headers: sign(body) })).toEqual(refused(400, 'no event'));
		expect(judged({ body, keys: TOKEN_ONLY })).toEqual(refused(400, 'no event'));
		expect(judged({ body })).toEqual(refused(401, 'not signed'));
	});

	it('what is no UTF-8', () => {
		const rawBody = Uint8Array.from([0x7b, 0xff, 0x7d]);
		const request = { headers: sign(rawBody), rawBody };
		expect(judge(request, KEYS, {}, NOW)).toEqual(refused(400, 'no event'));
	});

	it('what is encrypted with another key, or with one that the credential lacks', () => {
		const body = encrypted(instanceChanged(), 'another key');
		expect(judged({ body, headers: sign(body) })).toEqual(refused(400, 'decrypted'));
		expect(judged({ body, keys: TOKEN_ONLY })).toEqual(refused(400, 'no Encrypt Key'));
	});

	it('what is larger than 1 MB, before it is read', () => {
		const body = instanceChanged({ extra: 'x'.repeat(1_048_576) });
		expect(judged({ body, keys: TOKEN_ONLY })).toEqual(refused(400, '1 MB'));
		const fits = instanceChanged({ extra: 'x'.repeat(1_048_000) });
		expect(judged({ body: fits, keys: TOKEN_ONLY })).toMatchObject(EVENT);
	});

	it('nothing with a reason that tells what was in it', () => {
		for (const body of [CHECK, instanceChanged(), 'secret words']) {
			const judgement = judged({ body, headers: sign('{}') });
			expect(JSON.stringify(judgement)).not.toMatch(new RegExp(`${TOKEN}|${ENCRYPT_KEY}|words`));
		}
	});
});

it('what the platform sends in an envelope that cannot be read is ignored', () => {
	for (const body of [
		{ ...instanceChanged(), event: { app_id: 'cli_xxx' } },
		{ schema: '2.0', header: { token: TOKEN }, event: { object: {} } },
	]) {
		expect(judged(pushed(body))).toEqual({ kind: 'ignored' });
	}
});

describe('a URL check', () => {
	const ANSWER = { kind: 'challenge', challenge: CHECK.challenge };

	it.each([
		['with a type', CHECK],
		['without a type', CHECK_WITHOUT_TYPE],
	])(
		'%s is answered: encrypted without a signature, signed, and in clear where no key is set',
		(_name, body) => {
			expect(judged({ body: encrypted(body) })).toEqual(ANSWER);
			expect(judged(pushed(body))).toEqual(ANSWER);
			expect(judged({ body, keys: TOKEN_ONLY })).toEqual(ANSWER);
			expect(judged({ body, keys: {}, options: { acceptUnverified: true } })).toEqual(ANSWER);
			expect(judged({ body: encrypted(body), keys: { encryptKey: ENCRYPT_KEY } })).toEqual(ANSWER);
		},
	);

	it("is answered as the platform's own SDK answers it", () => {
		const data = JSON.parse(encrypted(CHECK)) as object;
		const { challenge } = lark.generateChallenge(data, { encryptKey: ENCRYPT_KEY });
		expect(judged({ body: data })).toEqual({ kind: 'challenge', ...challenge });
	});

	it.each([
		['in clear where a key is set', CHECK],
		['in clear, beside a text that is encrypted', { ...CHECK, encrypt: 'x' }],
		['encrypted with another key', encrypted(CHECK, 'another key')],
		['of another app', encrypted({ ...CHECK, token: 'another' })],
		['without a token', encrypted({ ...CHECK, token: undefined })],
		['without a challenge', encrypted({ ...CHECK, challenge: undefined })],
		['whose challenge is empty', encrypted({ ...CHECK, challenge: '' })],
		['whose challenge is no text', encrypted({ ...CHECK, challenge: { a: 1 } })],
		['of another type', encrypted({ ...CHECK, type: 'event_callback' })],
		['that is an event as well', encrypted({ ...instanceChanged(), ...CHECK })],
		[
			'that is an event of the second envelope as well',
			encrypted({ ...definitionUpdated(), ...CHECK }),
		],
	])('without a signature is not believed %s', (_name, body) => {
		expect(judged({ body })).toMatchObject({ kind: 'refused', status: 401 });
	});

	it('does not make an event of an event that nobody signed', () => {
		for (const body of [
			{ ...instanceChanged(), challenge: 'x' },
			{ ...CHECK, event: instanceChanged().event },
		]) {
			expect(judged({ body })).toMatchObject({ kind: 'refused', status: 401 });
			expect(judged({ body: encrypted(body) })).toMatchObject({ kind: 'refused', status: 401 });
		}
	});
});

it("what the platform's own SDK gives to a handler is an event", async () => {
	const logger = { error() {}, warn() {}, info() {}, debug() {}, trace() {} };
	for (const body of Object.values(ALL_SAMPLES)) {
		const { body: text, headers } = pushed(body);
		const judgement = judged({ body: text, headers });
		if (judgement.kind !== 'event') throw new Error('It is no event');
		const seen: unknown[] = [];
		const dispatcher = new lark.EventDispatcher({ encryptKey: ENCRYPT_KEY, logger });
		dispatcher.register({ [judgement.event.type]: (data: unknown) => seen.push(data) });
		await dispatcher.invoke(Object.assign(Object.create({ headers }), JSON.parse(text)));
		const fields = { ...judgement.event.event };
		// It puts the envelope over the event, so that these two are lost.
		delete fields.uuid;
		delete fields.type;
		expect(seen).toEqual([expect.objectContaining(fields)]);
	}
});

describe('whatever comes', () => {
	/** Bodies that nobody who lacks key and token can have made. */
	const forged = fc.oneof(
		hostileText,
		fc.json(),
		fc
			.constantFrom(...Object.values(ALL_SAMPLES))
			.map((body) => JSON.stringify({ ...body, token: 'x', header: undefined })),
		hostileText.map((text) => JSON.stringify({ encrypt: text })),
		fc
			.constantFrom(...Object.values(ALL_SAMPLES), CHECK)
			.map((body) => encrypted(body, 'another key')),
		hostileText.map((challenge) => JSON.stringify({ challenge, type: 'url_verification' })),
		fc.tuple(fc.nat(), fc.nat()).map(([at, by]) => {
			const text = encrypted(instanceChanged());
			const place = at % text.length;
			return text.slice(0, place) + String.fromCharCode(32 + (by % 90)) + text.slice(place + 1);
		}),
	);
	const header = fc.oneof(
		hostileText,
		fc.constantFrom(
			undefined,
			'',
			'1700000000',
			'nonce-1',
			'f'.repeat(64),
			...Object.values(sign('{}')),
		),
		fc.array(fc.string(), { maxLength: 2 }),
	);
	const headers = fc.dictionary(
		fc.constantFrom(...Object.keys(sign('')), 'X-Lark-Signature', 'host', '__proto__'),
		header,
	);

	it('a forged request never starts a run, and never throws', () => {
		fc.assert(
			fc.property(
				forged,
				headers,
				fc.constantFrom(KEYS, { encryptKey: ENCRYPT_KEY }, TOKEN_ONLY, {}),
				(body, sent, keys) => {
					const judgement = judged({ body, headers: sent, keys });
					expect(judgement.kind).toBe('refused');
				},
			),
			GENERATED,
		);
	});

	it('any bytes at all are judged, signed or not', () => {
		const options = fc.record({
			acceptUnverified: fc.boolean(),
			clockSkew: fc.oneof(fc.double(), fc.nat()),
		});
		const keys = fc.constantFrom(KEYS, { encryptKey: ENCRYPT_KEY }, TOKEN_ONLY, {});
		const body = fc.oneof(
			fc.uint8Array({ maxLength: 200 }),
			fc.json().map((text) => Buffer.from(text)),
			fc.json().map((text) => Buffer.from(JSON.stringify({ encrypt: encrypt(text) }))),
			fc
				.json()
				.map((text) =>
					Buffer.from(`{"schema":"2.0","header":${text},"event":${text},"token":"${TOKEN}"}`),
				),
		);
		fc.assert(
			fc.property(body, keys, options, fc.boolean(), (rawBody, chosen, some, isRight) => {
				const request = { headers: isRight ? sign(rawBody) : {}, rawBody };
				const { kind } = judge(request, chosen, some, NOW);
				expect(['challenge', 'event', 'ignored', 'refused']).toContain(kind);
			}),
			GENERATED,
		);
	});
});
