import { splitSms } from '@peyk/persian';
import { memo, useMemo } from 'react';
import { digits, fill } from '../../../ui/format';
import fa from '../fa.json';

/** The text as a phone shows it: one bubble, with marks where its parts meet. */
export const PhonePreview = memo(function PhonePreview({
  text,
  from,
  is66Char,
}: {
  text: string;
  from: string;
  is66Char: boolean;
}) {
  const parts = useMemo(() => splitSms(text, { is66Char }), [text, is66Char]);
  return (
    <figure className="phone" aria-label={fa.preview}>
      <figcaption>
        <bdi dir="ltr">{digits(from)}</bdi>
      </figcaption>
      <div className="phone-bubble" dir="auto">
        {parts.length === 0
          ? fa.previewEmpty
          : parts.map((part, index) => (
              <span key={index}>
                {part}
                {index < parts.length - 1 && (
                  <i className="phone-cut" title={fill(fa.partEnd, { no: index + 1 })} aria-hidden="true" />
                )}
              </span>
            ))}
      </div>
    </figure>
  );
});
