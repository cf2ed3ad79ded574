using System;
using Microsoft.EntityFrameworkCore.Migrations;
using NpgsqlTypes;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Sales : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_merges_kind",
                table: "merges");

            migrationBuilder.CreateTable(
                name: "sales_teams",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales_teams", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "sales_reps",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    manager_id = table.Column<Guid>(type: "uuid", nullable: true),
                    team_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales_reps", x => x.id);
                    table.CheckConstraint("ck_sales_reps_manager_id", "manager_id <> id");
                    table.ForeignKey(
                        name: "fk_sales_reps_sales_reps_manager_id",
                        column: x => x.manager_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_reps_sales_teams_team_id",
                        column: x => x.team_id,
                        principalTable: "sales_teams",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_reps_users_id",
                        column: x => x.id,
                        principalTable: "users",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    name = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false, collation: "und-x-icu"),
                    tier = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: true),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    website = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    address = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    country = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    payment_terms = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    tax_id = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    external_ids = table.Column<string>(type: "jsonb", nullable: false, defaultValueSql: "'[]'"),
                    about = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    is_active = table.Column<bool>(type: "boolean", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    merged_into = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    plain_name = table.Column<string>(type: "text", nullable: true, computedColumnSql: "app.plain(name)", stored: true, collation: "C"),
                    search = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "setweight(to_tsvector('simple', app.words(number || ' ' || name || ' ' || app.compact(number))), 'A') || setweight(to_tsvector('simple', app.words(country || ' ' || email || ' ' || tax_id || ' ' || external_ids::text)), 'B')", stored: true)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customers", x => x.id);
                    table.CheckConstraint("ck_customers_currency", "currency ~ '^[A-Z]{3}$'");
                    table.CheckConstraint("ck_customers_merged_into", "merged_into is null or deleted_at is not null");
                    table.CheckConstraint("ck_customers_tier", "tier in ('a', 'b', 'c', 'prospect')");
                    table.ForeignKey(
                        name: "fk_customers_customers_merged_into",
                        column: x => x.merged_into,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_customers_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sales_quotas",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    period_start = table.Column<DateOnly>(type: "date", nullable: false),
                    period_end = table.Column<DateOnly>(type: "date", nullable: false),
                    amount = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales_quotas", x => x.id);
                    table.CheckConstraint("ck_sales_quotas_amount", "amount > 0");
                    table.CheckConstraint("ck_sales_quotas_period", "period in ('month', 'quarter', 'year')");
                    table.CheckConstraint("ck_sales_quotas_period_end", "period_end > period_start");
                    table.ForeignKey(
                        name: "fk_sales_quotas_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_contacts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    name = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    role = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    email = table.Column<string>(type: "character varying(320)", maxLength: 320, nullable: false),
                    phone = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    is_main = table.Column<bool>(type: "boolean", nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_contacts", x => x.id);
                    table.ForeignKey(
                        name: "fk_customer_contacts_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "customer_responsibilities",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: true),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_until = table.Column<DateOnly>(type: "date", nullable: true),
                    changed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_customer_responsibilities", x => x.id);
                    table.CheckConstraint("ck_customer_responsibilities_valid", "valid_until > valid_from");
                    table.ForeignKey(
                        name: "fk_customer_responsibilities_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_customer_responsibilities_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_sales",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: true),
                    sale_total = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_sales", x => x.id);
                    table.CheckConstraint("ck_order_sales_sale_total", "sale_total >= 0");
                    table.ForeignKey(
                        name: "fk_order_sales_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_sales_orders_id",
                        column: x => x.id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_sales_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rfq_requests",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(30)", maxLength: 30, nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    title = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    lines = table.Column<string>(type: "jsonb", nullable: false),
                    needed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfq_requests", x => x.id);
                    table.CheckConstraint("ck_rfq_requests_rfq_id", "(status = 'taken') = (rfq_id is not null)");
                    table.CheckConstraint("ck_rfq_requests_status", "status in ('asked', 'taken', 'declined', 'withdrawn')");
                    table.ForeignKey(
                        name: "fk_rfq_requests_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rfq_requests_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rfq_requests_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sales_notes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    sales_rep_id = table.Column<Guid>(type: "uuid", nullable: false),
                    contact_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    body = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: false),
                    outcome = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    call_direction = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    duration_seconds = table.Column<int>(type: "integer", nullable: true),
                    occurred_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    next_action = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    next_action_on = table.Column<DateOnly>(type: "date", nullable: true),
                    next_action_time = table.Column<TimeOnly>(type: "time without time zone", nullable: true),
                    done_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    first_due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: true),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    search = table.Column<NpgsqlTsVector>(type: "tsvector", nullable: true, computedColumnSql: "to_tsvector('simple', app.words(body || ' ' || next_action))", stored: true),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales_notes", x => x.id);
                    table.CheckConstraint("ck_sales_notes_body", "body <> ''");
                    table.CheckConstraint("ck_sales_notes_call_direction", "call_direction in ('outgoing', 'incoming')");
                    table.CheckConstraint("ck_sales_notes_duration_seconds", "duration_seconds between 0 and 86400");
                    table.CheckConstraint("ck_sales_notes_kind", "kind in ('call', 'email', 'meeting', 'visit', 'task')");
                    table.CheckConstraint("ck_sales_notes_next_action", "(next_action = '') = (next_action_on is null)");
                    table.CheckConstraint("ck_sales_notes_outcome", "outcome in ('agreed', 'interested', 'undecided', 'not_reached', 'declined')");
                    table.ForeignKey(
                        name: "fk_sales_notes_customer_contacts_contact_id",
                        column: x => x.contact_id,
                        principalTable: "customer_contacts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_notes_customers_customer_id",
                        column: x => x.customer_id,
                        principalTable: "customers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_notes_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_notes_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sales_notes_sales_reps_sales_rep_id",
                        column: x => x.sales_rep_id,
                        principalTable: "sales_reps",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_rfqs_customer_id",
                table: "rfqs",
                column: "customer_id",
                filter: "customer_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_rfqs_sales_rep_id",
                table: "rfqs",
                column: "sales_rep_id",
                filter: "sales_rep_id is not null");

            migrationBuilder.AddCheckConstraint(
                name: "ck_merges_kind",
                table: "merges",
                sql: "kind in ('part', 'supplier', 'customer')");

            migrationBuilder.CreateIndex(
                name: "ix_customer_contacts_customer_id",
                table: "customer_contacts",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_customer_responsibilities_customer_id_valid_from",
                table: "customer_responsibilities",
                columns: new[] { "customer_id", "valid_from" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_customer_responsibilities_sales_rep_id",
                table: "customer_responsibilities",
                column: "sales_rep_id");

            migrationBuilder.CreateIndex(
                name: "ix_customers_merged_into",
                table: "customers",
                column: "merged_into",
                filter: "merged_into is not null");

            migrationBuilder.CreateIndex(
                name: "ix_customers_name_id",
                table: "customers",
                columns: new[] { "name", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_customers_number",
                table: "customers",
                column: "number",
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_customers_plain_name",
                table: "customers",
                column: "plain_name");

            migrationBuilder.CreateIndex(
                name: "ix_customers_plain_name_trigram",
                table: "customers",
                column: "plain_name")
                .Annotation("Npgsql:IndexMethod", "gin")
                .Annotation("Npgsql:IndexOperators", new[] { "gin_trgm_ops" });

            migrationBuilder.CreateIndex(
                name: "ix_customers_sales_rep_id_name_id",
                table: "customers",
                columns: new[] { "sales_rep_id", "name", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_customers_search",
                table: "customers",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_customers_updated_at_id",
                table: "customers",
                columns: new[] { "updated_at", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_order_sales_customer_id",
                table: "order_sales",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_sales_sales_rep_id",
                table: "order_sales",
                column: "sales_rep_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_requests_customer_id",
                table: "rfq_requests",
                column: "customer_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_requests_number",
                table: "rfq_requests",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rfq_requests_open",
                table: "rfq_requests",
                column: "id",
                filter: "status = 'asked'");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_requests_rfq_id",
                table: "rfq_requests",
                column: "rfq_id",
                unique: true,
                filter: "rfq_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_requests_sales_rep_id_id",
                table: "rfq_requests",
                columns: new[] { "sales_rep_id", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_contact_id",
                table: "sales_notes",
                column: "contact_id",
                filter: "contact_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_customer_id_occurred_at_id",
                table: "sales_notes",
                columns: new[] { "customer_id", "occurred_at", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_order_id",
                table: "sales_notes",
                column: "order_id",
                filter: "order_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_rfq_id",
                table: "sales_notes",
                column: "rfq_id",
                filter: "rfq_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_done_at",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "done_at" },
                filter: "done_at is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_next_action_on",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "next_action_on" },
                filter: "done_at is null and next_action_on is not null and deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_sales_rep_id_occurred_at_id",
                table: "sales_notes",
                columns: new[] { "sales_rep_id", "occurred_at", "id" },
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_notes_search",
                table: "sales_notes",
                column: "search")
                .Annotation("Npgsql:IndexMethod", "gin");

            migrationBuilder.CreateIndex(
                name: "ix_sales_quotas_sales_rep_id_period_start",
                table: "sales_quotas",
                columns: new[] { "sales_rep_id", "period_start" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sales_reps_manager_id",
                table: "sales_reps",
                column: "manager_id");

            migrationBuilder.CreateIndex(
                name: "ix_sales_reps_team_id",
                table: "sales_reps",
                column: "team_id");

            migrationBuilder.CreateIndex(
                name: "ix_sales_teams_name",
                table: "sales_teams",
                column: "name",
                unique: true);

            migrationBuilder.AddForeignKey(
                name: "fk_rfqs_customers_customer_id",
                table: "rfqs",
                column: "customer_id",
                principalTable: "customers",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_rfqs_sales_reps_sales_rep_id",
                table: "rfqs",
                column: "sales_rep_id",
                principalTable: "sales_reps",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_rfqs_customers_customer_id",
                table: "rfqs");

            migrationBuilder.DropForeignKey(
                name: "fk_rfqs_sales_reps_sales_rep_id",
                table: "rfqs");

            migrationBuilder.DropTable(
                name: "customer_responsibilities");

            migrationBuilder.DropTable(
                name: "order_sales");

            migrationBuilder.DropTable(
                name: "rfq_requests");

            migrationBuilder.DropTable(
                name: "sales_notes");

            migrationBuilder.DropTable(
                name: "sales_quotas");

            migrationBuilder.DropTable(
                name: "customer_contacts");

            migrationBuilder.DropTable(
                name: "customers");

            migrationBuilder.DropTable(
                name: "sales_reps");

            migrationBuilder.DropTable(
                name: "sales_teams");

            migrationBuilder.DropIndex(
                name: "ix_rfqs_customer_id",
                table: "rfqs");

            migrationBuilder.DropIndex(
                name: "ix_rfqs_sales_rep_id",
                table: "rfqs");

            migrationBuilder.DropCheckConstraint(
                name: "ck_merges_kind",
                table: "merges");

            migrationBuilder.AddCheckConstraint(
                name: "ck_merges_kind",
                table: "merges",
                sql: "kind in ('part', 'supplier')");
        }
    }
}
