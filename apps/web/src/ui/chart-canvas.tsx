import { theme } from 'antd';
import {
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  Chart as ChartJs,
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
} from 'chart.js';
import { useEffect, useRef } from 'react';
import type { ChartProps } from './chart';
import { number } from './format';

/** px */
const labelWidth = 64;

ChartJs.register(
  ArcElement,
  BarController,
  BarElement,
  CategoryScale,
  DoughnutController,
  Filler,
  Legend,
  LinearScale,
  LineController,
  LineElement,
  PointElement,
  Tooltip,
);

export function ChartCanvas({ kind, labels, series, colors = [] }: ChartProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  const { token } = theme.useToken();
  useEffect(() => {
    if (!canvas.current) return;
    const round = kind === 'doughnut';
    const chart = new ChartJs(canvas.current, {
      type: kind === 'stackedBar' ? 'bar' : kind,
      data: {
        labels: [...labels],
        datasets: series.map(({ name, values, color }) => ({
          label: name,
          data: [...values],
          backgroundColor: round ? [...colors] : kind === 'line' ? `${color}22` : color,
          borderColor: round ? token.colorBgContainer : color,
          borderWidth: kind === 'line' ? 2 : round ? 2 : 0,
          fill: kind === 'line',
          maxBarThickness: 56,
          tension: 0.3,
          pointRadius: labels.length > 40 ? 0 : 2,
        })),
      },
      options: {
        responsive: true,
        maintainAspectRatio: false,
        animation: false,
        // Half of the last label stands beyond the end of the axis.
        layout: { padding: { left: round ? 0 : labelWidth / 3 } },
        interaction: { mode: 'index', intersect: false },
        plugins: {
          legend: {
            display: round || series.length > 1,
            rtl: true,
            textDirection: 'rtl',
            position: 'bottom',
            labels: {
              color: token.colorText,
              font: { family: token.fontFamily },
              usePointStyle: true,
              boxWidth: 8,
              boxHeight: 8,
            },
          },
          tooltip: {
            rtl: true,
            textDirection: 'rtl',
            titleFont: { family: token.fontFamily },
            bodyFont: { family: token.fontFamily },
            callbacks: {
              label: ({ dataset, label, raw }) =>
                `${round ? label : (dataset.label ?? '')}: ${number(Number(raw), 1)}`,
            },
          },
        },
        scales: round
          ? {}
          : {
              x: {
                reverse: true,
                stacked: kind === 'stackedBar',
                grid: { display: false },
                ticks: {
                  color: token.colorTextSecondary,
                  font: { family: token.fontFamily },
                  maxRotation: 0,
                  autoSkip: false,
                  // Counted from the last: today is always named.
                  callback(_value, index) {
                    const step = Math.max(1, Math.ceil((labels.length * labelWidth) / this.chart.width));
                    return (labels.length - 1 - index) % step === 0 ? labels[index] : null;
                  },
                },
              },
              y: {
                position: 'right',
                stacked: kind === 'stackedBar',
                beginAtZero: true,
                grid: { color: token.colorBorderSecondary },
                ticks: {
                  color: token.colorTextSecondary,
                  font: { family: token.fontFamily },
                  precision: 0,
                  callback: (value) => number(Number(value), 1),
                },
              },
            },
      },
    });
    return () => chart.destroy();
  }, [kind, labels, series, colors, token]);
  return <canvas ref={canvas} />;
}
