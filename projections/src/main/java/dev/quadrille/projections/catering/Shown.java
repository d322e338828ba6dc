package dev.quadrille.projections.catering;

import com.google.protobuf.Timestamp;
import dev.quadrille.catering.Catering;
import dev.quadrille.catering.order.OrderId;
import dev.quadrille.grpc.WireMoney;
import dev.quadrille.projections.generated.tables.records.OrderRecord;
import dev.quadrille.proto.catering.v1.Menu;
import dev.quadrille.proto.catering.v1.Order;
import dev.quadrille.proto.catering.v1.OrderStatus;
import org.joda.money.CurrencyUnit;
import org.joda.money.Money;

/** Orders as callers see them. */
final class Shown {

    private Shown() {}

    static Order order(OrderRecord row) {
        var offersEndAt = row.getOffersEndAt();
        var order = Order.newBuilder()
                .setOrderId(row.getOrderId().toString())
                .setCustomerId(row.getCustomerId().toString())
                .setStatus(OrderStatus.valueOf(row.getStatus()))
                .setOffersEndAt(Timestamp.newBuilder()
                        .setSeconds(offersEndAt.getEpochSecond())
                        .setNanos(offersEndAt.getNano()))
                .setProcessId(Catering.processOf(new OrderId(row.getOrderId()))
                        .value()
                        .toString());
        if (row.getConfirmedMenuId() != null) {
            order.setConfirmedMenuId(row.getConfirmedMenuId().toString());
        }
        for (var place = 0; place < row.getMenuIds().length; place++) {
            order.addMenus(menu(row, place));
        }
        return order.build();
    }

    private static Menu menu(OrderRecord row, int place) {
        var price = Money.of(CurrencyUnit.of(row.getCurrencies()[place]), row.getPrices()[place]);
        return Menu.newBuilder()
                .setMenuId(row.getMenuIds()[place].toString())
                .setCatererId(row.getCatererIds()[place].toString())
                .setDescription(row.getDescriptions()[place])
                .setPrice(WireMoney.toWire(price))
                .setConfirmedByCustomer(row.getConfirmedByCustomer()[place])
                .setConfirmedByCaterer(row.getConfirmedByCaterer()[place])
                .setDeclined(row.getDeclined()[place])
                .build();
    }
}
