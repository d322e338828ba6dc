package org.example.lending.copy;

import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.example.lending.Examples.ADA;
import static org.example.lending.Examples.BOB;
import static org.example.lending.Examples.BOOK;
import static org.example.lending.Examples.CODEC;
import static org.example.lending.Examples.COPY;
import static org.example.lending.Examples.LOAN;
import static org.example.lending.Examples.OTHER_LOAN;

import dev.quadrille.testkit.DeciderScenario;
import org.example.lending.copy.CopyCommand.LendCopy;
import org.example.lending.copy.CopyCommand.RecallCopy;
import org.example.lending.copy.CopyCommand.RegisterCopy;
import org.example.lending.copy.CopyCommand.ReserveCopy;
import org.example.lending.copy.CopyCommand.ReturnCopy;
import org.example.lending.copy.CopyEvent.CopyLent;
import org.example.lending.copy.CopyEvent.CopyRecalled;
import org.example.lending.copy.CopyEvent.CopyRegistered;
import org.example.lending.copy.CopyEvent.CopyReserved;
import org.example.lending.copy.CopyEvent.CopyReturned;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class CopyDeciderTest {

    private static final CopyRegistered REGISTERED = new CopyRegistered(COPY, BOOK, "Emma");
    private static final CopyLent LENT = new CopyLent(COPY, LOAN, ADA);
    private static final CopyReturned RETURNED = new CopyReturned(COPY, BOOK, LOAN);
    private static final CopyReserved RESERVED = new CopyReserved(COPY, BOB);
    private static final CopyRecalled RECALLED = new CopyRecalled(COPY, LOAN);

    private static final RegisterCopy REGISTER = new RegisterCopy(COPY, BOOK, "Emma");
    private static final LendCopy LEND = new LendCopy(COPY, LOAN, ADA);
    private static final LendCopy LEND_TO_BOB = new LendCopy(COPY, OTHER_LOAN, BOB);
    private static final ReserveCopy RESERVE = new ReserveCopy(COPY, BOOK, BOB);
    private static final ReserveCopy RESERVE_FOR_ADA = new ReserveCopy(COPY, BOOK, ADA);
    private static final ReturnCopy RETURN = new ReturnCopy(COPY);
    private static final RecallCopy RECALL = new RecallCopy(COPY, LOAN);

    static final CopyCommand[] NEED_A_COPY = {LEND, RETURN, RESERVE};

    @Test
    void a_copy_is_registered_once() {
        given().when(REGISTER).then(REGISTERED);
        given(REGISTERED, LENT).when(REGISTER).thenNothing();
    }

    @ParameterizedTest
    @FieldSource("NEED_A_COPY")
    void a_copy_that_was_never_registered_can_be_neither_lent_nor_returned_nor_kept(CopyCommand command) {
        given().when(command).thenRejected("COPY_NOT_FOUND");
    }

    @Test
    void a_copy_on_the_shelf_is_lent_to_one_reader() {
        given(REGISTERED).when(LEND).then(LENT);
        given(REGISTERED, LENT).when(LEND).thenNothing();
        given(REGISTERED, LENT).when(LEND_TO_BOB).thenRejected("COPY_LENT");
        given(REGISTERED, LENT, RETURNED).when(LEND_TO_BOB).then(new CopyLent(COPY, OTHER_LOAN, BOB));
    }

    @Test
    void a_copy_comes_back_once() {
        given(REGISTERED, LENT).when(RETURN).then(RETURNED);
        given(REGISTERED, LENT, RECALLED).when(RETURN).then(RETURNED);
        given(REGISTERED).when(RETURN).thenNothing();
        given(REGISTERED, RESERVED).when(RETURN).thenNothing();
    }

    @Test
    void a_copy_is_kept_for_one_reader_and_goes_to_nobody_else() {
        given(REGISTERED).when(RESERVE).then(RESERVED);
        given(REGISTERED, RESERVED).when(RESERVE).thenNothing();
        given(REGISTERED, RESERVED).when(RESERVE_FOR_ADA).thenRejected("COPY_RESERVED");
        given(REGISTERED, RESERVED).when(LEND).thenRejected("COPY_RESERVED");
        given(REGISTERED, RESERVED).when(LEND_TO_BOB).then(new CopyLent(COPY, OTHER_LOAN, BOB));
    }

    @Test
    void a_copy_that_is_lent_is_kept_for_nobody() {
        given(REGISTERED, LENT).when(RESERVE).thenRejected("COPY_LENT");
    }

    @Test
    void a_loan_is_recalled_once_and_not_after_its_end() {
        given(REGISTERED, LENT).when(RECALL).then(RECALLED);
        given(REGISTERED, LENT, RECALLED).when(RECALL).thenNothing();
        given(REGISTERED, LENT, RETURNED).when(RECALL).thenNothing();
        given(REGISTERED, LENT, RETURNED, new CopyLent(COPY, OTHER_LOAN, BOB))
                .when(RECALL)
                .thenNothing();
    }

    @Test
    void a_history_that_can_not_have_happened_is_not_believed() {
        assertThatIllegalStateException()
                .isThrownBy(() -> given(REGISTERED, RETURNED).when(RETURN))
                .withMessageContaining("can't follow on");
    }

    private static DeciderScenario<CopyCommand, CopyEvent> given(CopyEvent... history) {
        return DeciderScenario.given(CopyDecider.aggregate(), CODEC, history);
    }
}
