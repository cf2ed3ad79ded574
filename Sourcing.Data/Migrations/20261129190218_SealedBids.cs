using System;
using Microsoft.EntityFrameworkCore.Migrations;
using Npgsql.EntityFrameworkCore.PostgreSQL.Metadata;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class SealedBids : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropCheckConstraint(
                name: "ck_quotes_status",
                table: "quotes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_quotes_submitted",
                table: "quotes");

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "bids_opened_at",
                table: "rfqs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.CreateTable(
                name: "rfq_seals",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    public_key = table.Column<byte[]>(type: "bytea", nullable: false),
                    key_fingerprint = table.Column<string>(type: "character varying(16)", maxLength: 16, nullable: false),
                    sealed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    opened_by = table.Column<Guid>(type: "uuid", nullable: true),
                    opened_by_names = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfq_seals", x => x.id);
                    table.CheckConstraint("ck_rfq_seals_opened", "round >= 1 and (opened_at is null) = (opened_by is null)");
                    table.ForeignKey(
                        name: "fk_rfq_seals_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "seal_events",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    sequence = table.Column<int>(type: "integer", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    actor_id = table.Column<Guid>(type: "uuid", nullable: true),
                    actor_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    detail = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    previous_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_seal_events", x => x.id);
                    table.CheckConstraint("ck_seal_events_hash", "hash ~ '^[0-9a-f]{64}$' and sequence >= 1 and round >= 1");
                    table.CheckConstraint("ck_seal_events_kind", "kind in ('sealed', 'received', 'withdrawn', 'deadline', 'closed', 'reopened', 'cancelled', 'consent', 'opened', 'bid_opened', 'bid_refused')");
                    table.ForeignKey(
                        name: "fk_seal_events_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sealed_copies",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    quote_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    saved_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    saved_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sealed_copies", x => x.id);
                    table.ForeignKey(
                        name: "fk_sealed_copies_quotes_quote_id",
                        column: x => x.quote_id,
                        principalTable: "quotes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sealed_bids",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    seal_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    quote_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    number = table.Column<string>(type: "character varying(24)", maxLength: 24, nullable: false),
                    hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    received_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    submitted_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    channel = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    log_sequence = table.Column<int>(type: "integer", nullable: false)
                        .Annotation("Npgsql:ValueGenerationStrategy", NpgsqlValueGenerationStrategy.IdentityByDefaultColumn),
                    log_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sealed_bids", x => x.id);
                    table.CheckConstraint("ck_sealed_bids_channel", "channel in ('portal', 'link', 'email', 'telephone')");
                    table.CheckConstraint("ck_sealed_bids_hash", "hash ~ '^[0-9a-f]{64}$' and revision >= 1");
                    table.ForeignKey(
                        name: "fk_sealed_bids_quotes_quote_id",
                        column: x => x.quote_id,
                        principalTable: "quotes",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_bids_rfq_seals_seal_id",
                        column: x => x.seal_id,
                        principalTable: "rfq_seals",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_bids_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_sealed_bids_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "opened_bids",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    bid_id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    salt = table.Column<byte[]>(type: "bytea", nullable: true),
                    content = table.Column<string>(type: "text", nullable: true),
                    agrees = table.Column<bool>(type: "boolean", nullable: false),
                    fault = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    opened_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_opened_bids", x => x.id);
                    table.CheckConstraint("ck_opened_bids_agrees", "not agrees or (salt is not null and content is not null and fault = '')");
                    table.ForeignKey(
                        name: "fk_opened_bids_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_opened_bids_sealed_bids_bid_id",
                        column: x => x.bid_id,
                        principalTable: "sealed_bids",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_quotes_status",
                table: "quotes",
                sql: "status in ('draft', 'sealed', 'submitted', 'withdrawn', 'awarded', 'partially_awarded', 'rejected', 'expired')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_quotes_submitted",
                table: "quotes",
                sql: "status = 'draft' or (revision > 0 and submitted_at is not null and (valid_until is not null or status in ('sealed', 'withdrawn')))");

            migrationBuilder.CreateIndex(
                name: "ix_opened_bids_bid_id",
                table: "opened_bids",
                column: "bid_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_opened_bids_rfq_id",
                table: "opened_bids",
                column: "rfq_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_seals_rfq_id_round",
                table: "rfq_seals",
                columns: new[] { "rfq_id", "round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_seal_events_rfq_id_sequence",
                table: "seal_events",
                columns: new[] { "rfq_id", "sequence" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_hash",
                table: "sealed_bids",
                column: "hash",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_number",
                table: "sealed_bids",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_quote_id_revision",
                table: "sealed_bids",
                columns: new[] { "quote_id", "revision" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_rfq_id",
                table: "sealed_bids",
                column: "rfq_id");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_seal_id",
                table: "sealed_bids",
                column: "seal_id");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_bids_supplier_id",
                table: "sealed_bids",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_sealed_copies_quote_id_revision",
                table: "sealed_copies",
                columns: new[] { "quote_id", "revision" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "opened_bids");

            migrationBuilder.DropTable(
                name: "seal_events");

            migrationBuilder.DropTable(
                name: "sealed_copies");

            migrationBuilder.DropTable(
                name: "sealed_bids");

            migrationBuilder.DropTable(
                name: "rfq_seals");

            migrationBuilder.DropCheckConstraint(
                name: "ck_quotes_status",
                table: "quotes");

            migrationBuilder.DropCheckConstraint(
                name: "ck_quotes_submitted",
                table: "quotes");

            migrationBuilder.DropColumn(
                name: "bids_opened_at",
                table: "rfqs");

            migrationBuilder.AddCheckConstraint(
                name: "ck_quotes_status",
                table: "quotes",
                sql: "status in ('draft', 'submitted', 'withdrawn', 'awarded', 'partially_awarded', 'rejected', 'expired')");

            migrationBuilder.AddCheckConstraint(
                name: "ck_quotes_submitted",
                table: "quotes",
                sql: "status = 'draft' or (revision > 0 and submitted_at is not null and valid_until is not null)");
        }
    }
}
