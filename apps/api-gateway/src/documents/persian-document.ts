import { buffer } from 'node:stream/consumers';
import PDFDocument from 'pdfkit';
import { visualPieces } from './persian-text';

/** Vazirmatn (SIL Open Font Licence), embedded as far as its letters are used. */
const fonts = {
  regular: require.resolve('vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf'),
  bold: require.resolve('vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf'),
} as const;

export interface TextStyle {
  /** Points. */
  readonly size: number;
  readonly bold?: boolean;
  readonly color?: string;
  /** Where in its box; right unless said. */
  readonly align?: 'right' | 'center' | 'left';
  /** `ltr` for what is no sentence but a number with signs in it (a card); `rtl` unless said. */
  readonly direction?: 'rtl' | 'ltr';
}
/** A place on the page: left and top edge and width, points. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
}

interface Measured {
  readonly pieces: readonly { readonly piece: string; readonly wide: number }[];
  readonly total: number;
}

const margin = 36;
const asIs = { lineBreak: false };
const colors = { ink: '#1a1a1a', faint: '#666666', line: '#cccccc' } as const;

/** An A4 document whose lines run from right to left. Nothing flows: its author says where each line stands. */
export class PersianDocument {
  private readonly pdf: PDFKit.PDFDocument;
  private readonly content: Promise<Buffer>;
  /** Left edge, width and the lowest point of what may be written. */
  readonly x = margin;
  readonly width: number;
  readonly bottom: number;
  readonly top = margin;

  /** @param madeAt stands in the file's properties */
  constructor(title: string, madeAt: Date) {
    this.pdf = new PDFDocument({
      size: 'A4',
      margin: 0,
      bufferPages: true,
      font: fonts.regular,
      info: { Title: title, Author: 'پیک', CreationDate: madeAt, ModDate: madeAt },
      lang: 'fa-IR',
    });
    this.content = buffer(this.pdf);
    this.width = this.pdf.page.width - 2 * margin;
    // A line for the number of the page.
    this.bottom = this.pdf.page.height - margin - 18;
  }

  nextPage(): void {
    // pdfkit keeps each thing that it draws as a buffer of its own until the end; as one a page takes a tenth of it.
    const { content } = this.pdf.page as unknown as { content: { buffer: Uint8Array[] } };
    content.buffer = [Buffer.concat(content.buffer)];
    this.pdf.addPage();
  }

  /** One line; what does not fit is cut with an ellipsis. */
  line(text: string, { x, y, width }: Box, style: TextStyle): void {
    this.setStyle(style);
    const { pieces, total } = this.fitting(text, width, style);
    const { align = 'right' } = style;
    let left = x + (align === 'left' ? 0 : align === 'center' ? (width - total) / 2 : width - total);
    for (const { piece, wide } of pieces) {
      if (piece.trim() !== '') this.pdf.text(piece, left, y, asIs);
      left += wide;
    }
  }

  /** The text in lines that fit, broken between words. */
  wrapped(text: string, width: number, style: TextStyle): string[] {
    this.setStyle(style);
    const lines: string[] = [];
    for (const word of text.split(/\s+/)) {
      const longer = lines.length === 0 ? word : `${lines.at(-1)} ${word}`;
      if (lines.length > 0 && this.measured(longer, style).total > width) lines.push(word);
      else lines.splice(-1, 1, longer);
    }
    return lines;
  }

  rule(y: number): void {
    this.pdf
      .moveTo(margin, y)
      .lineTo(margin + this.width, y)
      .lineWidth(0.5)
      .stroke(colors.line);
  }

  shade({ x, y, width }: Box, height: number, color: string): void {
    this.pdf.rect(x, y, width, height).fill(color);
  }

  /** Numbers the pages and ends the document. */
  async finish(pageLabel: (page: number, pages: number) => string): Promise<Buffer> {
    const { count } = this.pdf.bufferedPageRange();
    for (let page = 0; page < count; page += 1) {
      this.pdf.switchToPage(page);
      const place = { x: margin, y: this.bottom + 6, width: this.width };
      this.line(pageLabel(page + 1, count), place, { size: 8, color: colors.faint, align: 'center' });
    }
    this.pdf.end();
    return this.content;
  }

  private setStyle({ bold, size, color = colors.ink }: TextStyle): void {
    this.pdf
      .font(bold ? fonts.bold : fonts.regular)
      .fontSize(size)
      .fillColor(color);
  }

  private measured(text: string, { direction }: TextStyle): Measured {
    const pieces = visualPieces(text, direction).map((piece) => ({
      piece,
      wide: this.pdf.widthOfString(piece, asIs),
    }));
    return { pieces, total: pieces.reduce((sum, { wide }) => sum + wide, 0) };
  }

  private fitting(text: string, width: number, style: TextStyle): Measured {
    const whole = [...text];
    for (let length = whole.length; ;) {
      const shown = length < whole.length ? `${whole.slice(0, length).join('')}…` : text;
      const measured = this.measured(shown, style);
      if (measured.total <= width || length === 0) return measured;
      // About what is too much, at least one letter.
      length -= Math.max(1, Math.floor(length * (1 - width / measured.total)));
    }
  }
}
