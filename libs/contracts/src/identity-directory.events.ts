import { defineEvent } from './define';
import { DayField, StringField } from './fields';

const codePattern = /^[\p{L}\p{N}_-]{1,64}$/u;

export class DistrictListedDto {
  @StringField({ description: 'District code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;
}

export class SchoolListedDto {
  @StringField({ description: 'School code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;

  @StringField({ description: 'Code of its district', maxLength: 64, pattern: codePattern })
  districtCode!: string;
}

export class TermListedDto {
  @StringField({ description: 'Term code', maxLength: 64, pattern: codePattern })
  code!: string;

  @StringField({ description: 'Name', maxLength: 200 })
  name!: string;

  @DayField({ description: 'First day in Tehran, Gregorian `YYYY-MM-DD`' })
  startsOn!: string;

  @DayField({ description: 'Last day in Tehran, Gregorian `YYYY-MM-DD`' })
  endsOn!: string;
}

/** Basic data of the institution that came in by import (IDN-203). Identity remembers only what it said last. */
export const identityDirectoryEvents = {
  districtListed: defineEvent({
    name: 'identity.directory.districtListed',
    version: 1,
    payload: DistrictListedDto,
    when: 'A district was imported for the first time or with another name.',
  }),
  schoolListed: defineEvent({
    name: 'identity.directory.schoolListed',
    version: 1,
    payload: SchoolListedDto,
    when: 'A school was imported for the first time, or with another name or district.',
  }),
  termListed: defineEvent({
    name: 'identity.directory.termListed',
    version: 1,
    payload: TermListedDto,
    when: 'A term was imported for the first time, or with another name or other days.',
  }),
};
