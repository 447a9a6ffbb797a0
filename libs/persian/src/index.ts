export { decodeSms, type SmsAlphabet, smsAlphabet, smsAlphabets } from './data-coding';
export { digitValue, toLatinDigits, toPersianDigits } from './digits';
export { decodeGsm7, decodeUcs2, encodeGsm7, encodeUcs2, gsm7Septets } from './gsm7';
export {
  addTehranDays,
  type ClockTime,
  endOfJalaliMonth,
  endOfTehranDay,
  formatJalaliDate,
  formatJalaliDateTime,
  fromJalali,
  isJalaliDate,
  isJalaliLeapYear,
  isWithinTehranHours,
  type JalaliDate,
  nextTehranOpening,
  startOfJalaliMonth,
  startOfTehranDay,
  tehranHour,
  type TehranHours,
  tehranParts,
  type TehranParts,
  toJalali,
} from './jalali';
export { isSeen, normalizePersian } from './letters';
export {
  MOBILE_REJECTIONS,
  mobileOperator,
  mobileRejection,
  type MobileRejection,
  type MobileResult,
  parseMobile,
  parseMobileNumber,
} from './mobile';
export { parseLegalId, parseNationalCode } from './national-code';
export { MOBILE_OPERATORS, MOBILE_PREFIXES, type MobileOperator } from './operators.data';
export {
  countSmsParts,
  type SmsEncoding,
  type SmsLanguage,
  smsLanguage,
  type SmsPartCount,
  type SmsPartOptions,
  splitSms,
} from './sms-parts';
export { indexedWords, searchedWords } from './words';
