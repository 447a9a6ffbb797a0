import type { Schemas } from '../../api/client';
import fa from './fa.json';

export type Import = Schemas['ImportDto'];
export type ImportKind = Import['kind'];
export type ImportColumn = Import['missingColumns'][number];

interface ColumnHelp {
  readonly title: string;
  readonly needed: boolean;
  readonly help?: string;
  /** What the sample file says. */
  readonly sample: string;
}

const column = (title: string, sample: string, needed = false, help?: string): ColumnHelp => ({
  title,
  sample,
  needed,
  help,
});
const code = (title: string, sample: string): ColumnHelp => column(title, sample, true, fa.helpCode);
/** The national code is one that passes its check and belongs to nobody. */
const person = [
  column(fa.columnNationalCode, '0012345679', true, fa.helpNationalCode),
  column(fa.columnFullName, fa.sampleName, true, fa.helpName),
  column(fa.columnMobile, '09120000000'),
  column(fa.columnEmail, 'maryam@example.ir'),
];
const district = column(fa.columnDistrict, '1', true);

/** Columns of each kind of file, as docs/imports.md says; headings that the server knows. */
export const importKinds: Readonly<
  Record<ImportKind, { readonly title: string; readonly columns: readonly ColumnHelp[] }>
> = {
  students: { title: fa.kindStudents, columns: [code(fa.columnStudentCode, '40012345'), ...person] },
  professors: { title: fa.kindProfessors, columns: [code(fa.columnProfessorCode, '5012'), ...person] },
  school_managers: {
    title: fa.kindSchoolManagers,
    columns: [
      code(fa.columnSchoolCode, '10023'),
      ...person,
      column(fa.columnReplace, '', false, fa.helpReplace),
    ],
  },
  district_experts: {
    title: fa.kindDistrictExperts,
    columns: [code(fa.columnPersonnelCode, '7001'), ...person, district],
  },
  support_agents: {
    title: fa.kindSupportAgents,
    columns: [
      code(fa.columnPersonnelCode, '7002'),
      ...person,
      column(fa.columnPortal, 'edu', true, fa.helpPortal),
      column(fa.columnDepartment, ''),
    ],
  },
  office_users: {
    title: fa.kindOfficeUsers,
    columns: [code(fa.columnOfficeNumber, '12345'), ...person, column(fa.columnOffice, '100000000001', true)],
  },
  districts: {
    title: fa.kindDistricts,
    columns: [column(fa.columnDistrict, '1', true), column(fa.columnName, fa.sampleDistrict, true)],
  },
  schools: {
    title: fa.kindSchools,
    columns: [
      column(fa.columnSchoolCode, '10023', true),
      column(fa.columnName, fa.sampleSchool, true),
      district,
    ],
  },
  terms: {
    title: fa.kindTerms,
    columns: [
      column(fa.columnTermCode, '4051', true),
      column(fa.columnName, fa.sampleTerm, true),
      column(fa.columnStart, '1405/07/01', true, fa.helpDate),
      column(fa.columnEnd, '1405/11/15', true, fa.helpDate),
    ],
  },
};

/** A file that can be sent as it is: headings and one row. The mark in front tells spreadsheets that it is UTF-8. */
export function sampleOf(kind: ImportKind): string {
  const { columns } = importKinds[kind];
  const line = (cells: readonly string[]): string => `${cells.join(',')}\r\n`;
  return `\ufeff${line(columns.map(({ title }) => title))}${line(columns.map(({ sample }) => sample))}`;
}

export const stateNames: Readonly<Record<Import['state'], string>> = {
  uploading: fa.stateUploading,
  reading: fa.stateReading,
  checked: fa.stateChecked,
  applying: fa.stateApplying,
  done: fa.stateDone,
  failed: fa.stateFailed,
  cancelled: fa.stateCancelled,
};
export const isMoving = ({ state }: Import): boolean =>
  state === 'uploading' || state === 'reading' || state === 'applying';

export const columnNames: Readonly<Record<ImportColumn, string>> = {
  code: fa.columnCode,
  nationalCode: fa.columnNationalCode,
  name: fa.columnFullName,
  firstName: fa.columnFirstName,
  lastName: fa.columnLastName,
  mobile: fa.columnMobile,
  email: fa.columnEmail,
  districtCode: fa.columnDistrict,
  portal: fa.columnPortal,
  department: fa.columnDepartment,
  officeCode: fa.columnOffice,
  replace: fa.columnReplace,
  startsOn: fa.columnStart,
  endsOn: fa.columnEnd,
};
