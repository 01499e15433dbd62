const { dest, parallel, src } = require('gulp');

// Without `encoding: false` gulp 5 reads files as text and ruins pictures.
const asTheyAre = { base: '.', encoding: false };

const icons = () => src('icons/*.svg', asTheyAre).pipe(dest('dist'));
const codex = () => src('nodes/**/*.node.json', asTheyAre).pipe(dest('dist'));

exports.default = parallel(icons, codex);
