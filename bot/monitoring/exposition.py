"""Metrics in Prometheus' text format. Its client is imported when they are first asked for."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import accumulate
from typing import TYPE_CHECKING, Final

from bot import __version__
from bot.core.metrics import Counter, Gauge, Histogram, Metrics

if TYPE_CHECKING:
    from prometheus_client.metrics_core import Metric

CONTENT_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"


def exposition(metrics: Metrics, gauges: Iterable[Gauge]) -> bytes:
    """All of them, and what the operating system knows of the process."""
    from prometheus_client import (  # noqa: PLC0415 - as the module says
        PROCESS_COLLECTOR,
        CollectorRegistry,
        generate_latest,
    )

    collected = CollectorRegistry()
    collected.register(PROCESS_COLLECTOR)
    collected.register(_Collector(metrics, list(gauges)))
    return generate_latest(collected)


class _Collector:
    def __init__(self, metrics: Metrics, gauges: Sequence[Gauge]) -> None:
        self._metrics, self._gauges = metrics, gauges

    def collect(self) -> "Iterator[Metric]":
        """Every family of samples."""
        yield from map(_counted, self._metrics.counters)
        yield from map(_timed, self._metrics.histograms)
        info = Gauge("baton_info", "The version that runs.", 1, {"version": __version__})
        yield from _standing([info, *self._gauges])


def _counted(counter: Counter) -> "Metric":
    from prometheus_client.metrics_core import CounterMetricFamily  # noqa: PLC0415

    family = CounterMetricFamily(counter.name, counter.about, labels=[counter.label])
    for word, count in counter.counts.items():
        family.add_metric([word], count)
    return family


def _timed(histogram: Histogram) -> "Metric":
    from prometheus_client.metrics_core import HistogramMetricFamily  # noqa: PLC0415

    counts, total = histogram.buckets
    bounds = [*map(str, histogram.bounds), "+Inf"]
    buckets = list(zip(bounds, accumulate(counts), strict=True))
    family = HistogramMetricFamily(histogram.name, histogram.about)
    family.add_metric([], buckets=buckets, sum_value=total)
    return family


def _standing(gauges: Iterable[Gauge]) -> "Iterator[Metric]":
    from prometheus_client.metrics_core import GaugeMetricFamily  # noqa: PLC0415

    families: dict[str, GaugeMetricFamily] = {}
    for gauge in gauges:
        if gauge.name not in families:
            labels = list(gauge.labels)
            families[gauge.name] = GaugeMetricFamily(gauge.name, gauge.about, labels=labels)
        families[gauge.name].add_metric(list(gauge.labels.values()), gauge.value)
    yield from families.values()
