/* eslint-disable @n8n/community-nodes/no-restricted-globals */
/** n8n prints the error of every run that does not succeed. It reads this when it is loaded. */
process.env.N8N_LOG_LEVEL ??= 'silent';
