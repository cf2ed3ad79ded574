using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Rounds : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.AddColumn<string>(
                name: "deadline_reason",
                table: "rfqs",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<string>(
                name: "pause_reason",
                table: "rfqs",
                type: "character varying(400)",
                maxLength: 400,
                nullable: true);

            migrationBuilder.AddColumn<DateTimeOffset>(
                name: "paused_at",
                table: "rfqs",
                type: "timestamp with time zone",
                nullable: true);

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "rfq_invitations",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<int>(
                name: "round",
                table: "rfq_addenda",
                type: "integer",
                nullable: false,
                defaultValue: 1);

            migrationBuilder.AddColumn<string>(
                name: "reminder_hours",
                table: "company_settings",
                type: "character varying(40)",
                maxLength: 40,
                nullable: false,
                defaultValue: "48");

            migrationBuilder.CreateTable(
                name: "rfq_questions",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    answer = table.Column<string>(type: "character varying(4000)", maxLength: 4000, nullable: true),
                    answered_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    answered_by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    scope = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    public_text = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfq_questions", x => x.id);
                    table.CheckConstraint("ck_rfq_questions_answer", "(answer is null) = (answered_at is null) and (answer is null) = (scope is null) and (coalesce(scope, '') = 'everybody') = (public_text is not null)");
                    table.CheckConstraint("ck_rfq_questions_scope", "scope in ('private', 'everybody')");
                    table.CheckConstraint("ck_rfq_questions_text", "text <> '' and round >= 1");
                    table.ForeignKey(
                        name: "fk_rfq_questions_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rfq_questions_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rfq_round_answers",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    invited_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    viewed_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    responded_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    decline_reason = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    decline_note = table.Column<string>(type: "character varying(400)", maxLength: 400, nullable: false),
                    told_rank = table.Column<int>(type: "integer", nullable: true),
                    told_of = table.Column<int>(type: "integer", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfq_round_answers", x => x.id);
                    table.CheckConstraint("ck_rfq_round_answers_decline_reason", "decline_reason in ('no_capacity', 'not_in_range', 'deadline_too_short', 'quantity_too_small', 'quantity_too_large', 'terms_not_acceptable', 'missing_certificate', 'other')");
                    table.CheckConstraint("ck_rfq_round_answers_rank", "round >= 1 and (told_rank is null) = (told_of is null) and (told_rank is null or told_rank between 1 and told_of)");
                    table.CheckConstraint("ck_rfq_round_answers_status", "status in ('invited', 'viewed', 'quoting', 'quoted', 'declined')");
                    table.ForeignKey(
                        name: "fk_rfq_round_answers_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_rfq_round_answers_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "rfq_rounds",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: false),
                    round = table.Column<int>(type: "integer", nullable: false),
                    deadline = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    message = table.Column<string>(type: "character varying(2000)", maxLength: 2000, nullable: false),
                    shows_rank = table.Column<bool>(type: "boolean", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: false),
                    by_name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_rfq_rounds", x => x.id);
                    table.CheckConstraint("ck_rfq_rounds_round", "round >= 2");
                    table.ForeignKey(
                        name: "fk_rfq_rounds_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.AddCheckConstraint(
                name: "ck_rfq_invitations_round",
                table: "rfq_invitations",
                sql: "round >= 1");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_questions_rfq_id_created_at",
                table: "rfq_questions",
                columns: new[] { "rfq_id", "created_at" });

            migrationBuilder.CreateIndex(
                name: "ix_rfq_questions_supplier_id",
                table: "rfq_questions",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_rfq_round_answers_rfq_id_supplier_id_round",
                table: "rfq_round_answers",
                columns: new[] { "rfq_id", "supplier_id", "round" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_rfq_round_answers_supplier_id_invited_at",
                table: "rfq_round_answers",
                columns: new[] { "supplier_id", "invited_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_rfq_rounds_rfq_id_round",
                table: "rfq_rounds",
                columns: new[] { "rfq_id", "round" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "rfq_questions");

            migrationBuilder.DropTable(
                name: "rfq_round_answers");

            migrationBuilder.DropTable(
                name: "rfq_rounds");

            migrationBuilder.DropCheckConstraint(
                name: "ck_rfq_invitations_round",
                table: "rfq_invitations");

            migrationBuilder.DropColumn(
                name: "deadline_reason",
                table: "rfqs");

            migrationBuilder.DropColumn(
                name: "pause_reason",
                table: "rfqs");

            migrationBuilder.DropColumn(
                name: "paused_at",
                table: "rfqs");

            migrationBuilder.DropColumn(
                name: "round",
                table: "rfq_invitations");

            migrationBuilder.DropColumn(
                name: "round",
                table: "rfq_addenda");

            migrationBuilder.DropColumn(
                name: "reminder_hours",
                table: "company_settings");
        }
    }
}
