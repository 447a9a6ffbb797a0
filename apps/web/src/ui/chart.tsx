import { Skeleton } from 'antd';
import { Suspense } from 'react';
import { number } from './format';
import { lazyPart } from './lazy-part';

export interface ChartSeries {
  readonly name: string;
  readonly values: readonly number[];
  /** A colour of the theme's tokens. */
  readonly color: string;
}
export interface ChartProps {
  /** What it shows, for those who do not see it. */
  readonly label: string;
  readonly kind: 'line' | 'bar' | 'stackedBar' | 'doughnut';
  /** Of the x axis, or of the slices. */
  readonly labels: readonly string[];
  readonly series: readonly ChartSeries[];
  /** Of a doughnut's slices. */
  readonly colors?: readonly string[];
  /** px */
  readonly height?: number;
}

const Canvas = lazyPart(() => import('./chart-canvas').then(({ ChartCanvas }) => ChartCanvas));

/** A chart with its figures as a table for screen readers. The library comes when the first chart is shown. */
export function Chart(props: ChartProps) {
  const { label, labels, series, height = 260 } = props;
  return (
    <figure style={{ margin: 0 }}>
      <div style={{ height, position: 'relative' }} aria-hidden="true">
        <Suspense fallback={<Skeleton.Node active style={{ width: '100%', height }} />}>
          <Canvas {...props} />
        </Suspense>
      </div>
      {/* A table takes no height of one pixel; what is around it does. */}
      <div className="only-read">
        <table>
          <caption>{label}</caption>
          <thead>
            <tr>
              <td />
              {series.map(({ name }) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {labels.map((each, index) => (
              <tr key={`${each} ${index}`}>
                <th scope="row">{each}</th>
                {series.map(({ name, values }) => (
                  <td key={name}>{number(values[index] ?? 0, 1)}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </figure>
  );
}
