// node dist/apps/api-gateway/src/catalogue.cli.js [--check], in the root of the repository.
import { renderCatalogue, renderCataloguePage } from './openapi/catalogue';
import { writeOrCheck } from './openapi/generated-files';

const files = {
  'docs/events/catalogue.json': renderCatalogue(),
  'docs/events/README.md': renderCataloguePage(),
};
writeOrCheck(files, process.argv).then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${String(error)}\n`);
    process.exit(1);
  },
);
