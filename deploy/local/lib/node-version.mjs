/**
 * Ends the program with one clear line on a Node.js that cannot run Peyk. Old syntax on purpose: this file must
 * parse on the old versions that it refuses, so nothing else may be imported before it has been called.
 * Nest 12 is ESM only and our build is CommonJS: require() of ESM came with 20.19 and 22.12, and 21 never had it.
 */
export function requireNode() {
  var major = Number(process.versions.node.split('.')[0]);
  var minor = Number(process.versions.node.split('.')[1]);
  var fits = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!fits) {
    console.error(
      'Peyk needs Node.js 20.19 or newer (of the 22 line 22.12 or newer); this is ' +
        process.versions.node +
        ' at ' +
        process.execPath +
        '.',
    );
    process.exit(1);
  }
}
