import { earliest } from '../../bench/ideal';

const GET = [
	{ calls: 50, ms: 1_000 },
	{ calls: 1_000, ms: 60_000 },
];
const CC = [{ calls: 100, ms: 60_000 }];

it('the fifty of a second go at once, and the second thousand a minute after the first', () => {
	const moments = earliest(2_000, GET);
	expect([0, 49, 50, 99, 999, 1_000, 1_999].map((call) => moments[call])).toEqual([
		0, 0, 1_000, 1_000, 19_000, 60_000, 79_000,
	]);
});

it('calls that go one by one do not begin together', () => {
	const moments = earliest(150, CC, 30);
	expect([0, 1, 99, 100, 149].map((call) => moments[call])).toEqual([0, 30, 2_970, 60_000, 61_470]);
});

it('what another client has taken and goes on taking is not there for us', () => {
	const everyMs = 1_200;
	const others = Array.from({ length: 200 }, (_, call) => (call - 50) * everyMs);
	const moments = earliest(150, CC, 0, others);
	const counted = [...moments, ...others].sort((one, other) => one - other);
	expect(moments.filter((at) => at < 59_000).length).toBeLessThanOrEqual(51);
	expect(moments[149]).toBe(120_000);
	// The other client calls whatever happens; none of ours is one too many when it is made.
	const tooMany = moments.filter(
		(at) => counted.filter((call) => call > at - 60_000 && call < at).length >= 100,
	);
	expect(tooMany).toEqual([]);
});
