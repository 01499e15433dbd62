import { readNetworkFailure } from '../../feishu/networkErrors';

/** What the HTTP client throws, as n8n 2.x wraps it: the client's error is the cause of n8n's. */
function wrapped(code: string, more: object = {}): Error {
	const system = Object.assign(new Error(`connect ${code}`), { code, ...more });
	const client = Object.assign(new Error('client', { cause: system }), {
		isAxiosError: true,
		code,
	});
	return new Error('n8n', { cause: client });
}

/** The same as n8n 1.x leaves it: nothing but the word. */
const bare = (code: string) => Object.assign(new Error('n8n'), { httpCode: code });

const NO_HOST = 'Feishu could not be reached';
const BROKEN = 'The connection broke before the answer was complete';

it.each(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EADDRNOTAVAIL'])(
	'%s: nothing was sent',
	(code) => {
		for (const error of [wrapped(code), bare(code)]) {
			const failure = readNetworkFailure(error);
			expect(failure).toMatchObject({ message: NO_HOST, carriedOut: 'no', transient: true });
			expect(failure.reason).toBe(code);
		}
	},
);

it.each(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT'])(
	'%s: nothing was sent if the connection was being opened, else nobody knows',
	(code) => {
		const opening = readNetworkFailure(wrapped(code, { syscall: 'connect' }));
		expect(opening).toMatchObject({ message: NO_HOST, carriedOut: 'no' });
		for (const error of [wrapped(code, { syscall: 'read' }), wrapped(code), bare(code)]) {
			expect(readNetworkFailure(error)).toMatchObject({ carriedOut: 'uncertain', transient: true });
		}
	},
);

it.each(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT'])('%s: no answer in time', (code) => {
	expect(readNetworkFailure(wrapped(code)).message).toBe('Feishu did not answer in time');
});

it.each(['ECONNRESET', 'EPIPE', 'ERR_BAD_RESPONSE', 'E2BIG'])('%s: nobody knows', (code) => {
	expect(readNetworkFailure(wrapped(code))).toMatchObject({
		message: BROKEN,
		carriedOut: 'uncertain',
		transient: true,
		reason: code,
	});
});

it('a failure without a word is none of the network if the HTTP client had no part in it', () => {
	const failure = readNetworkFailure(new Error('n8n', { cause: new Error('No credential') }));
	expect(failure).toMatchObject({ message: 'No credential', carriedOut: 'no', transient: false });
	expect(readNetworkFailure('a text')).toMatchObject({ message: 'a text', carriedOut: 'no' });
});

it("the HTTP client's failure without a word is the network's", () => {
	const client = Object.assign(new Error('?'), { isAxiosError: true });
	expect(readNetworkFailure(client)).toMatchObject({ reason: 'ERR_NETWORK', message: BROKEN });
});

it.each(['DEPTH_ZERO_SELF_SIGNED_CERT', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE'])(
	'%s: the certificate is named, and nothing was sent',
	(reason) => {
		expect(readNetworkFailure(wrapped(reason))).toEqual({
			ok: false,
			reason,
			carriedOut: 'no',
			transient: false,
			message: "The server's certificate is not trusted",
			hint: expect.stringMatching(/^Use an address with a valid certificate.*NODE_EXTRA_CA_CERTS/),
		});
	},
);

it.each(['EPROTO', 'ERR_SSL_WRONG_VERSION_NUMBER', 'ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION'])(
	'%s: it is not about a certificate',
	(reason) => {
		expect(readNetworkFailure(wrapped(reason))).toEqual({
			ok: false,
			reason,
			carriedOut: 'uncertain',
			transient: true,
			message: 'No secure connection could be made',
			hint: expect.stringMatching(
				/^Check that Base URL .* speaks HTTPS, .*firewall of your n8n\.$/,
			),
		});
	},
);

describe('the word for it', () => {
	const coded = (code: unknown, cause?: Error) =>
		Object.assign(new Error('client', { cause }), { isAxiosError: true, code });

	it.each<[string, unknown]>([
		['none', undefined],
		['one in small letters', 'Econnreset'],
		['one that begins small', 'aECONNRESET'],
		['several', 'CODE A'],
		['one in brackets', '[CODE]'],
		['a number', 7],
		['a list', ['ETIMEDOUT']],
	])('stands above one that is no word: %s', (_name, code) => {
		const system = Object.assign(new Error('system'), { code });
		expect(readNetworkFailure(coded('EPIPE', system)).reason).toBe('EPIPE');
	});

	it('is the innermost', () => {
		expect(readNetworkFailure(coded('EPIPE', coded('ECONNRESET'))).reason).toBe('ECONNRESET');
	});

	it('is found in a chain that bites its tail', () => {
		const error = coded('EPIPE');
		error.cause = error;
		expect(readNetworkFailure(error).reason).toBe('EPIPE');
	});
});
