using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class OrdersInFull : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_quantity",
                table: "order_lines");

            migrationBuilder.AddColumn<decimal>(
                name: "approved_total",
                table: "orders",
                type: "numeric(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<decimal>(
                name: "invoiced_total",
                table: "orders",
                type: "numeric(18,2)",
                precision: 18,
                scale: 2,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.AddColumn<int>(
                name: "revision",
                table: "orders",
                type: "integer",
                nullable: false,
                defaultValue: 0);

            migrationBuilder.AddColumn<Guid>(
                name: "invoice_id",
                table: "order_payments",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<Guid>(
                name: "agreement_line_id",
                table: "order_lines",
                type: "uuid",
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "date_asked_at",
                table: "order_lines",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<decimal>(
                name: "invoiced_quantity",
                table: "order_lines",
                type: "numeric(18,4)",
                precision: 18,
                scale: 4,
                nullable: false,
                defaultValue: 0m);

            migrationBuilder.CreateTable(
                name: "agreements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    title = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    buyer_id = table.Column<Guid>(type: "uuid", nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: false),
                    most_value = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    payment_terms = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    incoterm = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    note = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    ended_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    end_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreements", x => x.id);
                    table.CheckConstraint("ck_agreements_valid", "valid_to >= valid_from");
                    table.CheckConstraint("ck_agreements_value", "most_value > 0");
                    table.ForeignKey(
                        name: "fk_agreements_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoices",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    number_key = table.Column<string>(type: "character varying(60)", maxLength: 60, nullable: false),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: false),
                    invoice_date = table.Column<DateOnly>(type: "date", nullable: false),
                    due_on = table.Column<DateOnly>(type: "date", nullable: true),
                    subtotal = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    freight = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    tax = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    total = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    paid = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    match = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    findings = table.Column<string>(type: "character varying(20000)", maxLength: 20000, nullable: false),
                    note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    entered_by = table.Column<Guid>(type: "uuid", nullable: false),
                    entered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    approval_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    refuse_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    approved_match = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoices", x => x.id);
                    table.CheckConstraint("ck_invoices_amounts", "subtotal >= 0 and freight >= 0 and tax >= 0 and total = subtotal + freight + tax and paid between 0 and total");
                    table.CheckConstraint("ck_invoices_approved_match", "approved_match in ('matched', 'not_received', 'quantity_variance', 'price_variance')");
                    table.CheckConstraint("ck_invoices_match", "match in ('matched', 'not_received', 'quantity_variance', 'price_variance')");
                    table.CheckConstraint("ck_invoices_status", "status in ('waiting', 'to_pay', 'partially_paid', 'paid', 'refused')");
                    table.ForeignKey(
                        name: "fk_invoices_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invoices_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_changes",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    old_total = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    new_total = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    proposed_by = table.Column<Guid>(type: "uuid", nullable: false),
                    proposed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    approved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    approved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    sent_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decision_note = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_changes", x => x.id);
                    table.CheckConstraint("ck_order_changes_status", "status in ('waits_for_approval', 'sent', 'acknowledged', 'refused', 'declined', 'withdrawn')");
                    table.ForeignKey(
                        name: "fk_order_changes_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_settings",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    acknowledge_within_days = table.Column<int>(type: "integer", nullable: false),
                    warn_days = table.Column<int>(type: "integer", nullable: false),
                    price_tolerance_percent = table.Column<decimal>(type: "numeric(7,4)", precision: 7, scale: 4, nullable: false),
                    price_tolerance_amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: true),
                    quantity_tolerance_percent = table.Column<decimal>(type: "numeric(7,4)", precision: 7, scale: 4, nullable: false),
                    quantity_tolerance = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_settings", x => x.id);
                    table.CheckConstraint("ck_order_settings_figures", "acknowledge_within_days between 1 and 60 and warn_days between 1 and 60 and price_tolerance_percent between 0 and 100 and quantity_tolerance_percent between 0 and 100 and price_tolerance_amount >= 0 and quantity_tolerance >= 0");
                });

            migrationBuilder.CreateTable(
                name: "agreement_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_id = table.Column<Guid>(type: "uuid", nullable: false),
                    line_no = table.Column<int>(type: "integer", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_number = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    supplier_part_number = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    most_quantity = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_lines", x => x.id);
                    table.CheckConstraint("ck_agreement_lines_figures", "unit_price >= 0 and most_quantity > 0");
                    table.ForeignKey(
                        name: "fk_agreement_lines_agreements_agreement_id",
                        column: x => x.agreement_id,
                        principalTable: "agreements",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                    table.ForeignKey(
                        name: "fk_agreement_lines_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_agreement_lines_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "invoice_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    invoice_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_line_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    amount = table.Column<decimal>(type: "numeric(18,2)", precision: 18, scale: 2, nullable: false),
                    match = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    finding = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_invoice_lines", x => x.id);
                    table.CheckConstraint("ck_invoice_lines_figures", "quantity > 0 and unit_price >= 0 and amount >= 0");
                    table.CheckConstraint("ck_invoice_lines_match", "match in ('matched', 'not_received', 'quantity_variance', 'price_variance')");
                    table.ForeignKey(
                        name: "fk_invoice_lines_invoices_invoice_id",
                        column: x => x.invoice_id,
                        principalTable: "invoices",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_invoice_lines_order_lines_order_line_id",
                        column: x => x.order_line_id,
                        principalTable: "order_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "order_change_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    change_id = table.Column<Guid>(type: "uuid", nullable: false),
                    order_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    line_no = table.Column<int>(type: "integer", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_number = table.Column<string>(type: "character varying(50)", maxLength: 50, nullable: false),
                    supplier_part_number = table.Column<string>(type: "character varying(80)", maxLength: 80, nullable: false),
                    description = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: false),
                    unit = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    old_quantity = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    new_quantity = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    old_unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    new_unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    old_date = table.Column<DateOnly>(type: "date", nullable: true),
                    new_date = table.Column<DateOnly>(type: "date", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_order_change_lines", x => x.id);
                    table.CheckConstraint("ck_order_change_lines_figures", "new_quantity >= 0 and new_unit_price >= 0 and (kind = 'cancelled') = (new_quantity = 0)");
                    table.CheckConstraint("ck_order_change_lines_kind", "kind in ('changed', 'added', 'cancelled')");
                    table.ForeignKey(
                        name: "fk_order_change_lines_order_changes_change_id",
                        column: x => x.change_id,
                        principalTable: "order_changes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_change_lines_order_lines_order_line_id",
                        column: x => x.order_line_id,
                        principalTable: "order_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_change_lines_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_order_change_lines_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "agreement_breaks",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    agreement_line_id = table.Column<Guid>(type: "uuid", nullable: false),
                    minimum_quantity = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_agreement_breaks", x => x.id);
                    table.CheckConstraint("ck_agreement_breaks_figures", "minimum_quantity > 0 and unit_price >= 0");
                    table.ForeignKey(
                        name: "fk_agreement_breaks_agreement_lines_agreement_line_id",
                        column: x => x.agreement_line_id,
                        principalTable: "agreement_lines",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Cascade);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_orders_invoiced",
                table: "orders",
                sql: "revision >= 0 and invoiced_total >= 0 and approved_total between 0 and invoiced_total");

            migrationBuilder.CreateIndex(
                name: "ix_order_payments_invoice_id",
                table: "order_payments",
                column: "invoice_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_lines_agreement_line_id",
                table: "order_lines",
                column: "agreement_line_id");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_invoiced",
                table: "order_lines",
                sql: "invoiced_quantity >= 0");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_quantity",
                table: "order_lines",
                sql: "quantity >= 0");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_breaks_agreement_line_id_minimum_quantity",
                table: "agreement_breaks",
                columns: new[] { "agreement_line_id", "minimum_quantity" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreement_lines_agreement_id_line_no",
                table: "agreement_lines",
                columns: new[] { "agreement_id", "line_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_agreement_lines_part_id",
                table: "agreement_lines",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_agreement_lines_unit_id",
                table: "agreement_lines",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_agreements_number",
                table: "agreements",
                column: "number",
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_agreements_supplier_id",
                table: "agreements",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_agreements_valid_to_id",
                table: "agreements",
                columns: new[] { "valid_to", "id" });

            migrationBuilder.CreateIndex(
                name: "ix_invoice_lines_invoice_id_order_line_id",
                table: "invoice_lines",
                columns: new[] { "invoice_id", "order_line_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_invoice_lines_order_line_id",
                table: "invoice_lines",
                column: "order_line_id");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_entered_at_id",
                table: "invoices",
                columns: new[] { "entered_at", "id" },
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_invoices_number",
                table: "invoices",
                columns: new[] { "supplier_id", "number_key" },
                unique: true,
                filter: "deleted_at is null and status <> 'refused'");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_order_id",
                table: "invoices",
                column: "order_id");

            migrationBuilder.CreateIndex(
                name: "ix_invoices_status_due_on",
                table: "invoices",
                columns: new[] { "status", "due_on" });

            migrationBuilder.CreateIndex(
                name: "ix_invoices_supplier_id",
                table: "invoices",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_change_lines_change_id_line_no",
                table: "order_change_lines",
                columns: new[] { "change_id", "line_no" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_order_change_lines_order_line_id",
                table: "order_change_lines",
                column: "order_line_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_change_lines_part_id",
                table: "order_change_lines",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_change_lines_unit_id",
                table: "order_change_lines",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_order_changes_open",
                table: "order_changes",
                column: "order_id",
                unique: true,
                filter: "status in ('waits_for_approval', 'sent')");

            migrationBuilder.CreateIndex(
                name: "ix_order_changes_order_id_number",
                table: "order_changes",
                columns: new[] { "order_id", "number" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_order_changes_proposed_at",
                table: "order_changes",
                column: "proposed_at",
                filter: "status = 'waits_for_approval'");

            migrationBuilder.AddForeignKey(
                name: "fk_order_lines_agreement_lines_agreement_line_id",
                table: "order_lines",
                column: "agreement_line_id",
                principalTable: "agreement_lines",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);

            migrationBuilder.AddForeignKey(
                name: "fk_order_payments_invoices_invoice_id",
                table: "order_payments",
                column: "invoice_id",
                principalTable: "invoices",
                principalColumn: "id",
                onDelete: ReferentialAction.Restrict);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropForeignKey(
                name: "fk_order_lines_agreement_lines_agreement_line_id",
                table: "order_lines");

            migrationBuilder.DropForeignKey(
                name: "fk_order_payments_invoices_invoice_id",
                table: "order_payments");

            migrationBuilder.DropTable(
                name: "agreement_breaks");

            migrationBuilder.DropTable(
                name: "invoice_lines");

            migrationBuilder.DropTable(
                name: "order_change_lines");

            migrationBuilder.DropTable(
                name: "order_settings");

            migrationBuilder.DropTable(
                name: "agreement_lines");

            migrationBuilder.DropTable(
                name: "invoices");

            migrationBuilder.DropTable(
                name: "order_changes");

            migrationBuilder.DropTable(
                name: "agreements");

            migrationBuilder.DropCheckConstraint(
                name: "ck_orders_invoiced",
                table: "orders");

            migrationBuilder.DropIndex(
                name: "ix_order_payments_invoice_id",
                table: "order_payments");

            migrationBuilder.DropIndex(
                name: "ix_order_lines_agreement_line_id",
                table: "order_lines");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_invoiced",
                table: "order_lines");

            migrationBuilder.DropCheckConstraint(
                name: "ck_order_lines_quantity",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "approved_total",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "invoiced_total",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "revision",
                table: "orders");

            migrationBuilder.DropColumn(
                name: "invoice_id",
                table: "order_payments");

            migrationBuilder.DropColumn(
                name: "agreement_line_id",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "date_asked_at",
                table: "order_lines");

            migrationBuilder.DropColumn(
                name: "invoiced_quantity",
                table: "order_lines");

            migrationBuilder.AddCheckConstraint(
                name: "ck_order_lines_quantity",
                table: "order_lines",
                sql: "quantity > 0");
        }
    }
}
