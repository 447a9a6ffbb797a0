import { lineClassTitles } from '../../ui/terms';

/** For a choice of the class of a line. */
export const classOptions = Object.entries(lineClassTitles).map(([value, label]) => ({ value, label }));
