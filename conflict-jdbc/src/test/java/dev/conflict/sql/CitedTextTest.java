package dev.conflict.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conflict.sql.SqlFailure.Evidence;
import dev.conflict.sql.SqlFailure.Kind;
import dev.conflict.sql.SqlFailure.Product;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Products that do not run here. Each text was found where the comment says, said by the product to somebody else. */
class CitedTextTest {
    // ORA-00001     github.com/yajra/laravel-oci8/issues/478, in Chinese spring-attic/spring-security-oauth/issues/273
    // ORA-02291     programmerah.com/tag/ora-02291-error
    // ORA-02292     github.com/liimaorg/liima/issues/279
    // ORA-01400     github.com/waarp/WaarpR66/issues/177, in Italian jberet/jsr352/issues/286
    // ORA-02290     www.java2s.com/Code/Oracle/Constraints/Violateconstraints.htm, and deferred
    // ORA-02091     www.dbasupport.com/forums/showthread.php?p=28961
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    1    | UNIQUE            | KESENIAN | | KES_MENUS_ID_PK            | | ORA-00001: unique constraint (KESENIAN.KES_MENUS_ID_PK) violated
                    1    | UNIQUE            | db       | | OAUTH_CLIENT_DETAILS_PK    | | ORA-00001: 违反唯一约束条件 (db.OAUTH_CLIENT_DETAILS_PK)
                    2291 | FK_PARENT_MISSING | BOOKER   | | FK_ANDON_EVENT_STATUS      | | ORA-02291: integrity constraint (BOOKER.FK_ANDON_EVENT_STATUS) violated - parent key not found
                    2292 | FK_CHILD_EXISTS   | BTO_AMW  | | DEPLOYMENT_RESOURCEGROUP_FK | | ORA-02292: integrity constraint (BTO_AMW.DEPLOYMENT_RESOURCEGROUP_FK) violated - child record found
                    1400 | NOT_NULL          | WAARP    | HOSTCONFIG | | BUSINESS | ORA-01400: cannot insert NULL into ("WAARP"."HOSTCONFIG"."BUSINESS")
                    1400 | NOT_NULL          | TASK_USER | JOB_INSTANCE | | JOBINSTANCEID | ORA-01400: impossibile inserire NULL in ("TASK_USER"."JOB_INSTANCE"."JOBINSTANCEID")
                    2290 | CHECK             | SYS      | | X_GREATER_THAN_ZERO        | | ORA-02290: check constraint (SYS.X_GREATER_THAN_ZERO) violated
                    2091 | CHECK             | SYS      | | X_GREATER_THAN_ZERO        | | ORA-02091: transaction rolled back<newline>ORA-02290: check constraint (SYS.X_GREATER_THAN_ZERO) violated
                    2091 | UNIQUE            | SYSTEM   | | GPU                        | | ORA-02091: transaction rolled back<newline>ORA-00001: unique constraint (SYSTEM.GPU) violated
                    """)
    void oracle(
            int code,
            Kind kind,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String constraint,
            @Nullable String column,
            String text) {
        SqlFailure failure = read(Rebuilt.ORACLE, "23000", code, text.replace("<newline>", "\n"));

        assertThat(failure.product()).isEqualTo(Product.ORACLE);
        assertRead(failure, kind, schema, table, constraint, column);
    }

    // 2627, 2601    github.com/microsoft/sql-server-samples/issues/1091, trimble-oss/dba-dash/pull/1993,
    // gflewis/sndml3/issues/2
    // 547           github.com/dr5hn/countries-states-cities-database/issues/951, www.tsql.info (msg-547), in Chinese
    // wjhsh.net/oyjj-p-2133018
    // and of a check, its first sentence, github.com/tellma-ltd/tellma/issues/72
    // 515           github.com/jadarnel27/SqlServerVersionScript/issues/11, in Chinese siteserver/cms/issues/1193
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    2627 | UNIQUE | dbo | Customers | PK_Customers | | Violation of PRIMARY KEY constraint 'PK_Customers'. Cannot insert duplicate key in object 'dbo.Customers'. The duplicate key value is (FURIB).
                    2627 | UNIQUE | mydomain | customer_contact | customer_contact_pk | | Violation of PRIMARY KEY constraint 'customer_contact_pk'. Cannot insert duplicate key in object 'mydomain.customer_contact'. The duplicate key value is (3b3b1450db90db00d4b85eea4b96198f).
                    2601 | UNIQUE | dbo | Databases | IX_Databases_InstanceID_name | | Cannot insert duplicate key row in object 'dbo.Databases' with unique index 'IX_Databases_InstanceID_name'. The duplicate key value is (405, qgc-eb-db-qa-layout).
                    547  | FK_PARENT_MISSING | | | FK_countries_regions | | The INSERT statement conflicted with the FOREIGN KEY constraint "FK_countries_regions". The conflict occurred in database "world", table "world.regions", column 'id'.
                    547  | FK_CHILD_EXISTS | | | FK__students__dep_id__19DFD96B | | The DELETE statement conflicted with the REFERENCE constraint "FK__students__dep_id__19DFD96B". The conflict occurred in database "model", table "dbo.students", column 'dep_id'.
                    547  | FK_CHILD_EXISTS | | | FK__Comment__Article__0519C6AF | | DELETE 语句与 REFERENCE 约束"FK__Comment__Article__0519C6AF"冲突。该冲突发生于数据库"dbArticle",表"dbo.Comment", column 'ArticleID'。
                    515  | NOT_NULL | dbo | SqlServerVersions | | MainstreamSupportEndDate | Cannot insert the value NULL into column 'MainstreamSupportEndDate', table 'DBADB.dbo.SqlServerVersions'; column does not allow nulls. INSERT fails.
                    515  | NOT_NULL | | | | | 不能将值 NULL 插入列 'Id'，表 'qds130042389_db.dbo.siteserver_TemplateLog'；列不允许有 Null 值。INSERT 失败。语句已终止。
                    2627 | UNIQUE | | | | | Verletzung der UNIQUE KEY-Einschränkung "UK"
                    547  | CHECK | | | CK_Lines__PostingDate | | The MERGE statement conflicted with the CHECK constraint "CK_Lines__PostingDate"
                    547  | UNKNOWN | | | | | nothing in quotes
                    """)
    void sqlServer(
            int code,
            Kind kind,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String constraint,
            @Nullable String column,
            String text) {
        SqlFailure failure = read(Rebuilt.SQL_SERVER, "23000", code, text);

        assertThat(failure.product()).isEqualTo(Product.SQL_SERVER);
        assertRead(failure, kind, schema, table, constraint, column);
    }

    // 1062 from 8.0.19 on   github.com/backstagephp/filament-2fa/issues/61
    // 3819                  github.com/ariga/atlas/pull/1416
    // 1452                  github.com/pddenhar/Subsonic-DB-Migration-Tool/issues/1
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    23000 | 1062 | UNIQUE | | users | users_email_unique | | Duplicate entry 'example@mail.com' for key 'users.users_email_unique'
                    HY000 | 3819 | CHECK | | | example_chk_1 | | Check constraint 'example_chk_1' is violated.
                    23000 | 1452 | FK_PARENT_MISSING | subsonic | starred_media_file | starred_media_file_ibfk_1 | media_file_id | Cannot add or update a child row: a foreign key constraint fails (`subsonic`.`starred_media_file`, CONSTRAINT `starred_media_file_ibfk_1` FOREIGN KEY (`media_file_id`) REFERENCES `media_file` (`id`) ON DELETE CASCADE)
                    """)
    void mySql(
            String state,
            int code,
            Kind kind,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String constraint,
            @Nullable String column,
            String text) {
        SqlFailure failure = read(Rebuilt.MYSQL, state, code, text);

        assertThat(failure.product()).isEqualTo(Product.MYSQL);
        assertRead(failure, kind, schema, table, constraint, column);
    }

    // -803          blog.voina.org/db2-sql-error-803-sqlstate-23505-unique-constraint-violation; it has a table and no
    // constraint
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
                    23505 | -803 | UNIQUE            | Error for batch element #1: One or more values in the INSERT statement, UPDATE statement, or foreign key update caused by a DELETE statement are not valid because the primary key, unique constraint or unique index identified by "1" constrains table "ACHINST1.MESSAGEKEY" from having duplicate values for the index key.. SQLCODE=-803, SQLSTATE=23505, DRIVER=4.19.26
                    23503 | -530 | FK_PARENT_MISSING | x
                    23504 | -532 | FK_CHILD_EXISTS   | x
                    23513 | -545 | CHECK             | x
                    23502 | -407 | NOT_NULL          | x
                    """)
    void db2IsKnownByItsCodesOnly(String state, int code, Kind kind, String text) {
        SqlFailure failure = read(Rebuilt.DB2, state, code, text);

        assertThat(failure.product()).isEqualTo(Product.DB2);
        assertRead(failure, kind, null, null, null, null);
    }

    // github.com/cockroachdb/cockroach/issues/75927; that the field has the name since 20.2, pull/54576
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    insert on table "customer" violates foreign key constraint "fk"                | FK_PARENT_MISSING
                    delete on table "customer" violates foreign key constraint "fk" on table "visit" | FK_CHILD_EXISTS
                    """)
    void cockroachHasNoFieldForTheTable(String message, Kind kind) {
        SqlFailure failure = SqlConflicts.classify(
                        new PSQLException(new ServerErrorMessage("SERROR\0C23503\0M" + message + "\0nfk\0")))
                .orElseThrow();

        assertRead(failure, kind, null, null, "fk", null);
    }

    private static SqlFailure read(String maker, String state, int code, String text) {
        return SqlConflicts.classify(Rebuilt.exception(maker, state, code, text))
                .orElseThrow();
    }

    private static void assertRead(
            SqlFailure failure,
            Kind kind,
            @Nullable String schema,
            @Nullable String table,
            @Nullable String constraint,
            @Nullable String column) {
        assertThat(failure.kind()).isEqualTo(kind);
        assertThat(failure.schema().orElse(null)).isEqualTo(schema);
        assertThat(failure.table().orElse(null)).isEqualTo(table);
        assertThat(failure.constraint().orElse(null)).isEqualTo(constraint);
        assertThat(String.join(",", failure.columns())).isEqualTo(column == null ? "" : column);
        assertThat(failure.evidence() == Evidence.CODE_ONLY)
                .as(failure.toString().toLowerCase(Locale.ROOT))
                .isEqualTo(table == null && constraint == null && column == null);
    }
}
