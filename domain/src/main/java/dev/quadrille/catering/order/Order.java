package dev.quadrille.catering.order;

import java.util.HashMap;
import java.util.Map;

/** An order as its decisions see it. */
sealed interface Order {

    record Unknown() implements Order {}

    /** Menus can be offered, confirmed and declined. */
    record Open(Map<MenuId, Menu> menus) implements Order {
        public Open {
            menus = Map.copyOf(menus);
        }

        Open with(MenuId id, Menu menu) {
            var more = new HashMap<>(menus);
            more.put(id, menu);
            return new Open(more);
        }
    }

    /** Settled with a menu. */
    record Confirmed(MenuId menuId) implements Order {}

    /** Come to nothing. */
    record Expired() implements Order {}

    /** Whether the customer has confirmed a menu, and what its caterer has said. */
    record Menu(boolean confirmedByCustomer, Answer caterer) {

        static final Menu OFFERED = new Menu(false, Answer.NONE);

        Menu byCustomer() {
            return new Menu(true, caterer);
        }

        Menu byCaterer(Answer answer) {
            return new Menu(confirmedByCustomer, answer);
        }

        boolean matched() {
            return confirmedByCustomer && caterer == Answer.CONFIRMED;
        }
    }

    /** A caterer's. */
    enum Answer {
        NONE,
        CONFIRMED,
        DECLINED
    }
}
