package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionTextTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "COMMIT",
                "commit work",
                "\n\tCommit;",
                "\uFEFF\u00a0commit",
                "/* x */ COMMIT",
                "/**/commit",
                "-- x\nCOMMIT",
                "-- x\r\n-- y\r\nCOMMIT",
                "# x\nCOMMIT",
                "/* /* */ */ COMMIT",
                "/*!50000 COMMIT */",
                "/*M!100100 COMMIT */",
                "; commit",
                "abort",
                "end",
                "END TRANSACTION",
                "rollback",
                "ROLLBACK;",
                "rollback work",
                "rollback /* to */ work",
                "rollback and chain",
                "rollback transaction",
                "begin",
                "BEGIN;",
                "begin -- now\n",
                "begin work",
                "begin tran",
                "BEGIN TRANSACTION ISOLATION LEVEL SERIALIZABLE",
                "begin isolation level serializable",
                "begin read only",
                "begin not deferrable",
                "begin immediate",
                "start transaction",
                "START /* x */ TRANSACTION READ ONLY",
                "prepare transaction 'x'",
                "set autocommit = 1",
                "SET AUTOCOMMIT TRUE",
                "set session autocommit=1",
                "set @@autocommit = 1",
                "set @@session.autocommit = 1",
                "update stock set amount = 1; commit",
                "update stock set name = 'it''s; fine' /* ; */ -- ;\n; commit",
                "update \"a;b\" set `c;d` = $$;$$ where e = $f$;$f$; rollback",
                "savepoint s; rollback to s; rollback",
                "select 1;; end",
                "select $1, a - b / c; commit",
                "call p(); commit",
                "drop table t; commit",
                "notify c; commit",
                "do $$ begin perform 1; end $$; commit",
                "update t set a = 'it''s \\\\'; commit",
                "commit /* it\\'s */"
            })
    void endOrBeginningIsSeen(String sql) {
        assertThat(TransactionText.endsTransaction(sql)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ";",
                "--",
                "/*",
                "/*! ",
                "$",
                "'",
                "-- commit",
                "/* commit */ select 1",
                "/* commit",
                "select 'x; commit'",
                "select \"x; commit\"",
                "select `x; commit`",
                "select $$x; commit$$",
                "select $t$x; commit$t$",
                "select 1 -- ; commit",
                "select 1 /* ; commit */",
                "select 1;",
                "select 1; -- commit",
                "committed",
                "commit_log",
                "endless",
                "insert into begin values (1)",
                "rollback to s",
                "ROLLBACK TO SAVEPOINT s",
                "rollback work to savepoint s",
                "rollback /* x */ to s",
                "savepoint s",
                "release savepoint s",
                "begin proc(1); end;",
                "BEGIN update t set a = 1; commit_log(1); END;",
                "BEGIN NOT ATOMIC select 1; END",
                "begin try update t set a = 1; end try",
                "declare x int; begin select 1; end",
                "if 1 = 1 begin update t set a = 1; end",
                "create trigger t before insert on u for each row begin select 1; end",
                "do $$ begin perform 1; end $$",
                "prepare s from 'select 1'",
                "prepare transactions as select 1",
                "start slave",
                "set schema x",
                "set session lock_timeout = 1",
                "set autocommitted = 1",
                "insert into notes values ('don\\'t; end it')",
                "update t set a = 'x\\'y'; commit",
                "select '\\",
                "{call commit()}",
                "call commit_all()",
                "(select 1) union (select 2)"
            })
    void otherStatementsAreLetThrough(String sql) {
        assertThat(TransactionText.endsTransaction(sql)).isFalse();
    }

    /** A megabyte of what might be read again and again. */
    @Test
    void longTextIsReadOnce() {
        for (String piece : new String[] {"/*", "*/", "--\n", "'", "$", "$a", ";", "/*!1", "- ", "set "}) {
            String sql = "select 1 " + piece.repeat(1 << 20) + ";";

            assertThat(TransactionText.endsTransaction(sql)).as(piece).isFalse();
        }
    }
}
