/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, no-console -- a program for a terminal */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { LANGUAGES, reference } from './generate';

for (const language of LANGUAGES) {
	writeFileSync(join(__dirname, '..', language.file), reference(language));
	console.log(`docs/${language.file}`);
}
