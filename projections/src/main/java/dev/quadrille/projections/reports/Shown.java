package dev.quadrille.projections.reports;

import static java.util.stream.Collectors.toMap;

import dev.quadrille.grpc.WireMoney;
import dev.quadrille.projections.generated.tables.records.ReportRecord;
import dev.quadrille.proto.reports.v1.Report;
import dev.quadrille.proto.reports.v1.ReportedDocument;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Reports as callers see them. */
final class Shown {

    private Shown() {}

    static Report report(ReportRecord row) {
        var report = Report.newBuilder()
                .setReportId(row.getReportId().toString())
                .setCustomerId(row.getCustomerId().toString())
                .setPublished(row.getPublished());
        for (var place = 0; place < row.getDocumentIds().length; place++) {
            report.addDocuments(ReportedDocument.newBuilder()
                    .setDocumentId(row.getDocumentIds()[place].toString())
                    .setAmount(WireMoney.toWire(amount(row, place)))
                    .setVoided(row.getVoided()[place]));
        }
        IntStream.range(0, row.getDocumentIds().length)
                .filter(place -> !row.getVoided()[place])
                .mapToObj(place -> amount(row, place))
                .collect(toMap(
                        amount -> amount.getCurrencyUnit().getCode(), amount -> amount, Money::plus, TreeMap::new))
                .values()
                .forEach(total -> report.addTotals(WireMoney.toWire(total)));
        return report.build();
    }

    private static Money amount(ReportRecord row, int place) {
        return Money.of(CurrencyUnit.of(row.getCurrencies()[place]), row.getAmounts()[place]);
    }
}
