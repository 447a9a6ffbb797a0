import { countSmsParts, smsLanguage } from '@peyk/persian';
import { Alert, Flex, Tag, Tooltip, Typography } from 'antd';
import { useMemo } from 'react';
import { fill } from '../../ui/format';
import { languageTitles } from '../../ui/terms';
import { limits } from '../../ui/limits';
import fa from './fa.json';

/** Most parts that the API takes. */
export const partsMax = limits.sms.maxPartsPerMessage;
/** A text of which no more than this part is outside of GSM-7 was most likely meant to go at the Latin price. */
const strayPart = 0.3;

/** Letters, parts, and what makes a text dearer than it had to be (SMS-005, SMS-204). */
export function TextMeasure({ text, is66Char }: { text: string; is66Char: boolean }) {
  const { units, parts, perPart, encoding, language, ucs2Characters } = useMemo(
    () => countSmsParts(text, { is66Char }),
    [text, is66Char],
  );
  const left = parts === 0 ? perPart : parts * perPart - units;
  const strays = useMemo(() => {
    if (encoding !== 'ucs2') return false;
    const outside = [...text].filter((letter) => smsLanguage(letter) === 'fa').length;
    return outside <= strayPart * text.length;
  }, [text, encoding]);
  return (
    <Flex vertical gap={4} style={{ minWidth: 0, flex: '1 1 240px' }}>
      <Flex gap="small" wrap align="center" aria-live="polite" className="numbers">
        <span>{fill(fa.letters, { count: units })}</span>
        <Tooltip title={fill(fa.partsAbout, { letters: perPart })}>
          <Tag color={parts > partsMax ? 'error' : undefined}>{fill(fa.partCount, { count: parts })}</Tag>
        </Tooltip>
        <Typography.Text type="secondary">
          {fill(fa.lettersLeft, { count: Math.max(0, left) })}
          {text !== '' && ` · ${languageTitles[language]}`}
        </Typography.Text>
      </Flex>
      {strays && (
        <Typography.Text type="secondary">
          {fa.ucs2Because}{' '}
          {ucs2Characters.map((letter) => (
            <kbd key={letter} className="letter">
              {letter.trim() ? letter : fill(fa.unseen, { code: codeOf(letter) })}
            </kbd>
          ))}
        </Typography.Text>
      )}
      {parts > partsMax && (
        <Alert type="error" showIcon role="alert" title={fill(fa.tooManyParts, { max: partsMax })} />
      )}
    </Flex>
  );
}

function codeOf(letter: string): string {
  return `U+${(letter.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;
}
