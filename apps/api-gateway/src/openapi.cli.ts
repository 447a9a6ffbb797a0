// node dist/apps/api-gateway/src/openapi.cli.js [--check], in the root of the repository.
import { writeOrCheck } from './openapi/generated-files';
import { renderOpenApi } from './offline-document';

renderOpenApi()
  .then((text) => writeOrCheck({ 'docs/openapi.json': text }, process.argv))
  .then(
    (code) => process.exit(code),
    (error: unknown) => {
      process.stderr.write(`${String(error)}\n`);
      process.exit(1);
    },
  );
