import { linkProblem } from '../../feishu/fileLinks';

const FEISHU = 'https://open.feishu.cn';

it.each([
	'https://internal-api-drive-stream.feishu.cn/space/api/box/stream/download/authcode/?code=a',
	'https://p3-approval-sign.byteimg.com/lark-approval-attachment/image/1.png~tplv.image?x-expires=1',
	'https://8.8.8.8/a',
	'https://[2001:4860:4860::8888]/a',
	'https://[2001:200::1]/a',
	'https://[240e:1::1]/a',
	'https://10.example.com/a',
	'https://127.0.0.1.example.com/a',
	'https://files.example.com./a',
	'https://home.example.com/a',
	'https://localhosts.example.com/a',
])('%s may be followed', (link) => {
	expect(linkProblem(link, FEISHU)).toBeUndefined();
});

it.each([
	'https://127.0.0.1/a',
	'https://0x7f.1/a',
	'https://2130706433/a',
	'https://017700000001/a',
	'https://10.0.0.1/a',
	'https://172.31.255.255/a',
	'https://192.168.1.1/a',
	'https://169.254.169.254/latest/meta-data',
	'https://100.64.0.1/a',
	'https://0.0.0.0/a',
	'https://[::1]/a',
	'https://[::]/a',
	'https://[::ffff:10.0.0.1]/a',
	'https://[fd00::1]/a',
	'https://[fe80::1]/a',
	'https://[fec0::1]/a',
	'https://[::ffff:7f00:1]/a',
	'https://[::ffff:0:10.0.0.1]/a',
	'https://[::127.0.0.1]/a',
	'https://[64:ff9b::10.0.0.1]/a',
	'https://[2002:7f00:1::]/a',
	'https://[2002:a00:1::1]/a',
	'https://[2002:c0a8:101:0:1:2:3:4]/a',
	'https://[64:ff9b::7f00:1]/a',
	'https://[64:ff9b:1::a00:1]/a',
	'https://[64:ff9b:1:2:3:4:c0a8:101]/a',
	'https://[::ffff:0:7f00:1]/a',
	'https://[0:0:0:0:0:ffff:192.168.0.1]/a',
	'https://[2001::1]/a',
	'https://[2001:0:53aa:64c:0:0:f5ff:fffe]/a',
	'https://[2001:db8::1]/a',
	'https://[fdff::1]/a',
	'https://[febf::1]/a',
	'https://[ff02::1]/a',
	'https://[2::1]/a',
	'https://127.1/a',
	'https://127.0.0.1./a',
	'https://１２７.0.0.1/a',
	'https://%31%32%37.0.0.1/a',
	'https://localhost/a',
	'https://LOCALHOST./a',
	'https://files.localhost/a',
	'https://localhost../a',
	'https://localhost.../a',
	'https://files.local../a',
	'https://nas.home.arpa/a',
	'https://home.arpa./a',
	'https://nas.localdomain/a',
	'https://localhost.localdomain/a',
	'https://metadata.google.internal/a',
	'https://intranet/a',
])('%s leads into a private network', (link) => {
	expect(linkProblem(link, FEISHU)?.message).toBe('its link leads into a private network');
	expect(linkProblem(link, 'https://feishu.corp')).toBeUndefined();
});

it.each([
	['http://files.example.com/a', 'its link does not begin with https://'],
	['file:///etc/passwd', 'its link does not begin with https://'],
	['javascript:alert(1)', 'its link does not begin with https://'],
	['https://user:word@files.example.com/a', 'its link holds a user name'],
	['https://files.example.com@127.0.0.1/a', 'its link holds a user name'],

	['files/a.pdf', 'its link is not a web address'],
	['', 'its link is not a web address'],
])('%s is refused', (link, message) => {
	expect(linkProblem(link, FEISHU)?.message).toBe(message);
});
