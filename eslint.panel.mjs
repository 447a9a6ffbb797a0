import path from 'node:path';

const source = path.join(import.meta.dirname, 'apps/web/src');

/**
 * Folders of src/, each with what it may import beside itself. Of `features` and `parts` every folder in them is one of
 * its own: two of them that need the same thing find it in a layer below. So no cycle between folders can come about.
 */
const layers = {
  app: ['features', 'parts', 'ui', 'api', 'i18n'],
  features: ['parts', 'ui', 'api', 'i18n'],
  parts: ['ui', 'api', 'i18n'],
  ui: ['api', 'i18n'],
  api: ['i18n'],
  i18n: [],
};

/** `features/sends`, `parts/sends`, `ui`: where a file belongs to. */
function folderOf(file) {
  const [layer, noun] = path.relative(source, file).split(path.sep);
  if (!(layer in layers)) return { layer: 'app', name: 'app' };
  return { layer, name: layer === 'features' || layer === 'parts' ? `${layer}/${noun}` : layer };
}

/** Why `file` of the panel may not import `target`, and what to do instead; undefined where it may. Both are paths. */
export function panelProblem(file, target) {
  const from = folderOf(file);
  const to = folderOf(target);
  if (from.name === to.name || layers[from.layer].includes(to.layer)) return undefined;
  if (from.layer === 'features' && to.layer === 'features')
    return `${from.name} does not import ${to.name}: move what both need to parts/<noun>, or to ui if it knows no noun.`;
  if (from.layer === 'parts' && to.layer === 'parts')
    return `${from.name} does not import ${to.name}: make one part of the two, or take what is needed as a parameter.`;
  const allowed = layers[from.layer].join(', ') || 'nothing else';
  return `${from.name} does not import ${to.layer}, which stands above it: it may import ${allowed}.`;
}
