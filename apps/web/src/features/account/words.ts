import type { Role, Schemas } from '../../api/client';
import fa from './fa.json';

export const roleTitles: Readonly<Record<Role, string>> = {
  student: fa.student,
  school_manager: fa.schoolManager,
  professor: fa.professor,
  district_expert: fa.districtExpert,
  support_agent: fa.supportAgent,
  helpdesk_supervisor: fa.helpdeskSupervisor,
  sms_customer: fa.smsCustomer,
  reseller: fa.resellerRole,
  portal_user: fa.portalUser,
  office_user: fa.officeUser,
  admin: fa.admin,
};

export const usernameKinds: Readonly<Record<Schemas['UsernameDto']['kind'], string>> = {
  professor_code: fa.professorCode,
  school_code: fa.schoolCode,
  student_code: fa.studentCode,
  personnel_code: fa.personnelCode,
  office_number: fa.officeNumber,
  chosen: fa.chosenName,
};

export const signInMethods: Readonly<Record<Schemas['SignInRecordDto']['method'], string>> = {
  password: fa.byPassword,
  first_password: fa.byFirstPassword,
  code: fa.byCode,
  sign_up: fa.bySignUp,
};

export const signInOutcomes: Readonly<
  Record<Schemas['SignInRecordDto']['outcome'], { readonly text: string; readonly tone: string | undefined }>
> = {
  ok: { text: fa.signInOk, tone: 'success' },
  set_password: { text: fa.signInSetPassword, tone: 'warning' },
  failed: { text: fa.signInFailed, tone: 'error' },
};

type Scope = Schemas['ApiKeyDto']['scopes'][number];

export const scopeTitles: Readonly<Record<Scope, string>> = {
  'sms.send': fa.scopeSend,
  'sms.read': fa.scopeRead,
  'lists.write': fa.scopeLists,
  'wallet.read': fa.scopeWallet,
};
