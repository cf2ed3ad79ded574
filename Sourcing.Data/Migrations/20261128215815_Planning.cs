using System;
using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Sourcing.Data.Migrations
{
    /// <inheritdoc />
    public partial class Planning : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.CreateTable(
                name: "bills_of_materials",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    yield = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    is_phantom = table.Column<bool>(type: "boolean", nullable: false),
                    note = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bills_of_materials", x => x.id);
                    table.CheckConstraint("ck_bills_of_materials_yield", "yield > 0 and yield <= 1");
                    table.ForeignKey(
                        name: "fk_bills_of_materials_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "bom_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    parent_part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    component_part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity_per = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    unit_id = table.Column<Guid>(type: "uuid", nullable: true),
                    is_share = table.Column<bool>(type: "boolean", nullable: false),
                    scrap_rate = table.Column<decimal>(type: "numeric(9,6)", precision: 9, scale: 6, nullable: false),
                    valid_from = table.Column<DateOnly>(type: "date", nullable: false),
                    valid_to = table.Column<DateOnly>(type: "date", nullable: true),
                    position = table.Column<int>(type: "integer", nullable: false),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_bom_lines", x => x.id);
                    table.CheckConstraint("ck_bom_lines_days", "valid_to >= valid_from");
                    table.CheckConstraint("ck_bom_lines_parts", "parent_part_id <> component_part_id");
                    table.CheckConstraint("ck_bom_lines_quantity", "quantity_per > 0 and (not is_share or quantity_per <= 1) and (is_share or unit_id is not null)");
                    table.CheckConstraint("ck_bom_lines_scrap", "scrap_rate >= 0 and scrap_rate < 1");
                    table.ForeignKey(
                        name: "fk_bom_lines_parts_component_part_id",
                        column: x => x.component_part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_bom_lines_parts_parent_part_id",
                        column: x => x.parent_part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_bom_lines_units_unit_id",
                        column: x => x.unit_id,
                        principalTable: "units",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "forecast_cycles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    origin = table.Column<DateOnly>(type: "date", nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    horizon = table.Column<int>(type: "integer", nullable: false),
                    started_by = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    parts = table.Column<int>(type: "integer", nullable: false),
                    short_histories = table.Column<int>(type: "integer", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forecast_cycles", x => x.id);
                    table.CheckConstraint("ck_forecast_cycles_period", "period in ('day', 'week', 'month')");
                });

            migrationBuilder.CreateTable(
                name: "forecasts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    source = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    period = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    confidence = table.Column<decimal>(type: "numeric(5,4)", precision: 5, scale: 4, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    revision = table.Column<int>(type: "integer", nullable: false),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_forecasts", x => x.id);
                    table.CheckConstraint("ck_forecasts_figures", "quantity >= 0 and confidence between 0 and 1");
                    table.CheckConstraint("ck_forecasts_period", "period in ('day', 'week', 'month')");
                    table.CheckConstraint("ck_forecasts_reason", "source <> 'override' or reason <> ''");
                    table.CheckConstraint("ck_forecasts_source", "source in ('prod_plan', 'sales_history', 'model', 'projection', 'manual', 'other', 'override')");
                    table.ForeignKey(
                        name: "fk_forecasts_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "inventory",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    on_hand = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    allocated = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    open_po_quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    po_expected_date = table.Column<DateOnly>(type: "date", nullable: true),
                    safety_stock = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    reorder_point = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    counted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_inventory", x => x.id);
                    table.CheckConstraint("ck_inventory_quantities", "allocated >= 0 and open_po_quantity >= 0 and safety_stock >= 0 and reorder_point >= 0");
                    table.ForeignKey(
                        name: "fk_inventory_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "name_aliases",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    alias = table.Column<string>(type: "character varying(255)", maxLength: 255, nullable: false),
                    plain = table.Column<string>(type: "character varying(300)", maxLength: 300, nullable: false),
                    target_id = table.Column<Guid>(type: "uuid", nullable: false),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    learnt_by = table.Column<string>(type: "character varying(120)", maxLength: 120, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_name_aliases", x => x.id);
                    table.CheckConstraint("ck_name_aliases_kind", "kind in ('supplier', 'part')");
                });

            migrationBuilder.CreateTable(
                name: "planned_requirements",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    bucket = table.Column<short>(type: "smallint", nullable: false),
                    bucket_start = table.Column<DateOnly>(type: "date", nullable: false),
                    gross = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    scheduled = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    projected_without_plan = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    net = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    planned_receipt = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    planned_release = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    projected = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    safety_stock = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planned_requirements", x => new { x.cycle_id, x.part_id, x.bucket });
                });

            migrationBuilder.CreateTable(
                name: "planning_cycles",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    name = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    as_of = table.Column<DateOnly>(type: "date", nullable: false),
                    horizon = table.Column<int>(type: "integer", nullable: false),
                    bucket = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    overrides = table.Column<string>(type: "jsonb", nullable: false),
                    input_hash = table.Column<string>(type: "character varying(64)", maxLength: 64, nullable: false),
                    engine_version = table.Column<string>(type: "character varying(20)", maxLength: 20, nullable: false),
                    base_cycle_id = table.Column<Guid>(type: "uuid", nullable: true),
                    promoted_from_id = table.Column<Guid>(type: "uuid", nullable: true),
                    started_by = table.Column<Guid>(type: "uuid", nullable: true),
                    started_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    finished_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    counts = table.Column<string>(type: "jsonb", nullable: true),
                    timings = table.Column<string>(type: "jsonb", nullable: false),
                    message = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planning_cycles", x => x.id);
                    table.CheckConstraint("ck_planning_cycles_bucket", "bucket in ('day', 'week')");
                    table.CheckConstraint("ck_planning_cycles_finished", "status in ('waiting', 'running') or finished_at is not null");
                    table.CheckConstraint("ck_planning_cycles_kind", "kind in ('live', 'what_if')");
                    table.CheckConstraint("ck_planning_cycles_status", "status in ('waiting', 'running', 'completed', 'completed_with_errors', 'failed', 'cancelled')");
                    table.ForeignKey(
                        name: "fk_planning_cycles_planning_cycles_base_cycle_id",
                        column: x => x.base_cycle_id,
                        principalTable: "planning_cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_planning_cycles_planning_cycles_promoted_from_id",
                        column: x => x.promoted_from_id,
                        principalTable: "planning_cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "planning_issues",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    severity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    code = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entity = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    entity_id = table.Column<Guid>(type: "uuid", nullable: true),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    action = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planning_issues", x => x.id);
                    table.CheckConstraint("ck_planning_issues_severity", "severity in ('info', 'low', 'medium', 'high', 'blocking')");
                });

            migrationBuilder.CreateTable(
                name: "planning_messages",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    order_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recommendation_id = table.Column<Guid>(type: "uuid", nullable: true),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    from_date = table.Column<DateOnly>(type: "date", nullable: true),
                    to_date = table.Column<DateOnly>(type: "date", nullable: true),
                    days = table.Column<int>(type: "integer", nullable: false),
                    text = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planning_messages", x => x.id);
                });

            migrationBuilder.CreateTable(
                name: "planning_parameters",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    scope = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    category_id = table.Column<Guid>(type: "uuid", nullable: true),
                    part_id = table.Column<Guid>(type: "uuid", nullable: true),
                    lot_rule = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    fixed_quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    review_days = table.Column<int>(type: "integer", nullable: true),
                    safety_method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: true),
                    service_level = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    fill_rate = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    safety_percent = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    safety_stock = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    minimum_safety_stock = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    maximum_safety_stock = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: true),
                    minimum_cover_days = table.Column<int>(type: "integer", nullable: true),
                    maximum_cover_days = table.Column<int>(type: "integer", nullable: true),
                    made_lead_time_days = table.Column<int>(type: "integer", nullable: true),
                    lead_time_deviation_days = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    ordering_cost = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    holding_cost_rate = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    backorder_cost = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    excess_cover_days = table.Column<int>(type: "integer", nullable: true),
                    frozen_days = table.Column<int>(type: "integer", nullable: true),
                    expedite_tolerance_days = table.Column<int>(type: "integer", nullable: true),
                    defer_tolerance_days = table.Column<int>(type: "integer", nullable: true),
                    bucket = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    buckets = table.Column<int>(type: "integer", nullable: false),
                    working_days = table.Column<bool>(type: "boolean", nullable: false),
                    back_days = table.Column<int>(type: "integer", nullable: false),
                    forward_days = table.Column<int>(type: "integer", nullable: false),
                    half_life_days = table.Column<int>(type: "integer", nullable: true),
                    prod_plan_weight = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    sales_history_weight = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    projection_weight = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    manual_weight = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    other_weight = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    past_due = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    negative_stock = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    forecast_mode = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    normalise_rounded_boms = table.Column<bool>(type: "boolean", nullable: false),
                    release_window_days = table.Column<int>(type: "integer", nullable: false),
                    critical_share_cap = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    score_cost = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planning_parameters", x => x.id);
                    table.CheckConstraint("ck_planning_parameters_bucket", "bucket in ('day', 'week')");
                    table.CheckConstraint("ck_planning_parameters_forecast_mode", "forecast_mode in ('blend', 'legacy_sum')");
                    table.CheckConstraint("ck_planning_parameters_lot_rule", "lot_rule in ('automatic', 'lot_for_lot', 'fixed', 'economic_order_quantity', 'all_units_breaks', 'incremental_breaks', 'backorders', 'periodic_order_quantity', 'silver_meal', 'wagner_whitin')");
                    table.CheckConstraint("ck_planning_parameters_negative_stock", "negative_stock in ('clamp', 'keep')");
                    table.CheckConstraint("ck_planning_parameters_past_due", "past_due in ('first_bucket', 'exclude')");
                    table.CheckConstraint("ck_planning_parameters_safety_method", "safety_method in ('none', 'percent', 'service_level', 'fill_rate', 'intermittent')");
                    table.CheckConstraint("ck_planning_parameters_scope", "scope in ('plan', 'category', 'part')");
                    table.CheckConstraint("ck_planning_parameters_target", "(scope = 'category') = (category_id is not null) and (scope = 'part') = (part_id is not null)");
                    table.ForeignKey(
                        name: "fk_planning_parameters_part_categories_category_id",
                        column: x => x.category_id,
                        principalTable: "part_categories",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_planning_parameters_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "reservations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    needed_on = table.Column<DateOnly>(type: "date", nullable: true),
                    reference = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    reserved_by = table.Column<Guid>(type: "uuid", nullable: true),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_reservations", x => x.id);
                    table.CheckConstraint("ck_reservations_quantity", "quantity > 0");
                    table.ForeignKey(
                        name: "fk_reservations_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sales_order_lines",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    number = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    line_no = table.Column<int>(type: "integer", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    customer = table.Column<string>(type: "character varying(200)", maxLength: 200, nullable: false),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    shipped_quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    unit_price = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    ship_on = table.Column<DateOnly>(type: "date", nullable: true),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    deleted_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    deleted_by = table.Column<Guid>(type: "uuid", nullable: true),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sales_order_lines", x => x.id);
                    table.CheckConstraint("ck_sales_order_lines_quantities", "quantity > 0 and shipped_quantity >= 0");
                    table.CheckConstraint("ck_sales_order_lines_status", "status in ('open', 'on_hold', 'shipped', 'cancelled')");
                    table.ForeignKey(
                        name: "fk_sales_order_lines_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "sku_forecast_points",
                columns: table => new
                {
                    sku_forecast_id = table.Column<Guid>(type: "uuid", nullable: false),
                    date = table.Column<DateOnly>(type: "date", nullable: false),
                    mean = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    p10 = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    p50 = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    p90 = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sku_forecast_points", x => new { x.sku_forecast_id, x.date });
                    table.CheckConstraint("ck_sku_forecast_points_order", "p10 >= 0 and p10 <= p50 and p50 <= p90");
                });

            migrationBuilder.CreateTable(
                name: "sku_forecasts",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    forecast_cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    method = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    demand_class = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    parameters = table.Column<string>(type: "jsonb", nullable: false),
                    observations = table.Column<int>(type: "integer", nullable: false),
                    mase = table.Column<double>(type: "double precision", nullable: true),
                    rmsse = table.Column<double>(type: "double precision", nullable: true),
                    wape = table.Column<double>(type: "double precision", nullable: true),
                    bias = table.Column<double>(type: "double precision", nullable: true),
                    pinball = table.Column<double>(type: "double precision", nullable: true),
                    tracking_signal = table.Column<double>(type: "double precision", nullable: true),
                    rmse = table.Column<double>(type: "double precision", nullable: true),
                    confidence = table.Column<decimal>(type: "numeric(5,4)", precision: 5, scale: 4, nullable: true),
                    candidates = table.Column<string>(type: "jsonb", nullable: false),
                    outliers = table.Column<string>(type: "jsonb", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_sku_forecasts", x => x.id);
                    table.CheckConstraint("ck_sku_forecasts_confidence", "confidence between 0 and 1");
                });

            migrationBuilder.CreateTable(
                name: "stock_movements",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    kind = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    balance = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: false),
                    at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false),
                    by = table.Column<Guid>(type: "uuid", nullable: true),
                    receipt_id = table.Column<Guid>(type: "uuid", nullable: true),
                    import_run_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_stock_movements", x => x.id);
                    table.CheckConstraint("ck_stock_movements_kind", "kind in ('receipt', 'receipt_taken_back', 'issue', 'return', 'count', 'adjustment', 'import')");
                    table.CheckConstraint("ck_stock_movements_quantity", "quantity <> 0");
                    table.ForeignKey(
                        name: "fk_stock_movements_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_stock_movements_receipts_receipt_id",
                        column: x => x.receipt_id,
                        principalTable: "receipts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "planning_snapshots",
                columns: table => new
                {
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    content = table.Column<byte[]>(type: "bytea", nullable: false),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()")
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_planning_snapshots", x => x.cycle_id);
                    table.ForeignKey(
                        name: "fk_planning_snapshots_planning_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalTable: "planning_cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateTable(
                name: "procurement_recommendations",
                columns: table => new
                {
                    id = table.Column<Guid>(type: "uuid", nullable: false),
                    cycle_id = table.Column<Guid>(type: "uuid", nullable: false),
                    part_id = table.Column<Guid>(type: "uuid", nullable: false),
                    supplier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    need_by = table.Column<DateOnly>(type: "date", nullable: false),
                    order_by = table.Column<DateOnly>(type: "date", nullable: false),
                    recommended_supplier_id = table.Column<Guid>(type: "uuid", nullable: true),
                    recommended_quantity = table.Column<decimal>(type: "numeric(18,6)", precision: 18, scale: 6, nullable: false),
                    recommended_need_by = table.Column<DateOnly>(type: "date", nullable: false),
                    need_bucket = table.Column<DateOnly>(type: "date", nullable: false),
                    unit_cost = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    total_cost = table.Column<decimal>(type: "numeric(18,4)", precision: 18, scale: 4, nullable: true),
                    currency = table.Column<string>(type: "character varying(3)", maxLength: 3, nullable: true),
                    lead_time_days = table.Column<int>(type: "integer", nullable: true),
                    risk_flag = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    risk_codes = table.Column<string[]>(type: "text[]", nullable: false),
                    urgency_score = table.Column<decimal>(type: "numeric(3,2)", precision: 3, scale: 2, nullable: false),
                    reasoning = table.Column<string>(type: "text", nullable: false),
                    facts = table.Column<string>(type: "jsonb", nullable: false),
                    pegging = table.Column<string>(type: "jsonb", nullable: false),
                    status = table.Column<string>(type: "character varying(40)", maxLength: 40, nullable: false),
                    decided_by = table.Column<Guid>(type: "uuid", nullable: true),
                    decided_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: true),
                    reject_reason = table.Column<string>(type: "character varying(500)", maxLength: 500, nullable: true),
                    earlier_rejection = table.Column<string>(type: "character varying(1000)", maxLength: 1000, nullable: true),
                    rfq_id = table.Column<Guid>(type: "uuid", nullable: true),
                    rfq_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    order_id = table.Column<Guid>(type: "uuid", nullable: true),
                    order_line_id = table.Column<Guid>(type: "uuid", nullable: true),
                    created_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    updated_at = table.Column<DateTimeOffset>(type: "timestamp with time zone", nullable: false, defaultValueSql: "now()"),
                    xmin = table.Column<uint>(type: "xid", rowVersion: true, nullable: false)
                },
                constraints: table =>
                {
                    table.PrimaryKey("pk_procurement_recommendations", x => x.id);
                    table.CheckConstraint("ck_procurement_recommendations_decided", "status in ('proposed', 'superseded') or (decided_by is not null and decided_at is not null)");
                    table.CheckConstraint("ck_procurement_recommendations_figures", "unit_cost >= 0 and total_cost >= 0 and lead_time_days >= 0 and urgency_score between 0 and 1");
                    table.CheckConstraint("ck_procurement_recommendations_quantity", "quantity > 0 and recommended_quantity > 0");
                    table.CheckConstraint("ck_procurement_recommendations_reason", "status <> 'rejected' or reject_reason <> ''");
                    table.CheckConstraint("ck_procurement_recommendations_risk_flag", "risk_flag in ('low', 'medium', 'high')");
                    table.CheckConstraint("ck_procurement_recommendations_status", "status in ('proposed', 'accepted', 'rejected', 'converted', 'superseded')");
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_orders_order_id",
                        column: x => x.order_id,
                        principalTable: "orders",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_parts_part_id",
                        column: x => x.part_id,
                        principalTable: "parts",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_planning_cycles_cycle_id",
                        column: x => x.cycle_id,
                        principalTable: "planning_cycles",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_rfqs_rfq_id",
                        column: x => x.rfq_id,
                        principalTable: "rfqs",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_suppliers_recommended_supplier_~",
                        column: x => x.recommended_supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                    table.ForeignKey(
                        name: "fk_procurement_recommendations_suppliers_supplier_id",
                        column: x => x.supplier_id,
                        principalTable: "suppliers",
                        principalColumn: "id",
                        onDelete: ReferentialAction.Restrict);
                });

            migrationBuilder.CreateIndex(
                name: "ix_bills_of_materials_part_id",
                table: "bills_of_materials",
                column: "part_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_bom_lines_component_part_id",
                table: "bom_lines",
                column: "component_part_id");

            migrationBuilder.CreateIndex(
                name: "ix_bom_lines_import_run_id",
                table: "bom_lines",
                column: "import_run_id",
                filter: "import_run_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_bom_lines_parent_part_id",
                table: "bom_lines",
                column: "parent_part_id");

            migrationBuilder.CreateIndex(
                name: "ix_bom_lines_parent_part_id_component_part_id_valid_from",
                table: "bom_lines",
                columns: new[] { "parent_part_id", "component_part_id", "valid_from" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_bom_lines_unit_id",
                table: "bom_lines",
                column: "unit_id");

            migrationBuilder.CreateIndex(
                name: "ix_forecast_cycles_finished_at",
                table: "forecast_cycles",
                column: "finished_at",
                descending: new bool[0]);

            migrationBuilder.CreateIndex(
                name: "ix_forecast_cycles_number",
                table: "forecast_cycles",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_date",
                table: "forecasts",
                column: "date");

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_import_run_id",
                table: "forecasts",
                column: "import_run_id",
                filter: "import_run_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_part_id",
                table: "forecasts",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_forecasts_part_id_source_date_period",
                table: "forecasts",
                columns: new[] { "part_id", "source", "date", "period" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_inventory_part_id",
                table: "inventory",
                column: "part_id",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_name_aliases_kind_plain",
                table: "name_aliases",
                columns: new[] { "kind", "plain" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_planning_cycles_base_cycle_id",
                table: "planning_cycles",
                column: "base_cycle_id");

            migrationBuilder.CreateIndex(
                name: "ix_planning_cycles_kind_created_at",
                table: "planning_cycles",
                columns: new[] { "kind", "created_at" },
                descending: new[] { false, true });

            migrationBuilder.CreateIndex(
                name: "ix_planning_cycles_number",
                table: "planning_cycles",
                column: "number",
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_planning_cycles_promoted_from_id",
                table: "planning_cycles",
                column: "promoted_from_id");

            migrationBuilder.CreateIndex(
                name: "ix_planning_issues_cycle_id_part_id",
                table: "planning_issues",
                columns: new[] { "cycle_id", "part_id" });

            migrationBuilder.CreateIndex(
                name: "ix_planning_issues_cycle_id_severity",
                table: "planning_issues",
                columns: new[] { "cycle_id", "severity" });

            migrationBuilder.CreateIndex(
                name: "ix_planning_messages_cycle_id_kind",
                table: "planning_messages",
                columns: new[] { "cycle_id", "kind" });

            migrationBuilder.CreateIndex(
                name: "ix_planning_messages_cycle_id_part_id",
                table: "planning_messages",
                columns: new[] { "cycle_id", "part_id" });

            migrationBuilder.CreateIndex(
                name: "ix_planning_parameters_category_id",
                table: "planning_parameters",
                column: "category_id",
                unique: true,
                filter: "category_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_planning_parameters_part_id",
                table: "planning_parameters",
                column: "part_id",
                unique: true,
                filter: "part_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_planning_parameters_scope",
                table: "planning_parameters",
                column: "scope",
                unique: true,
                filter: "scope = 'plan'");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_cycle_id",
                table: "procurement_recommendations",
                column: "cycle_id");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_order_id",
                table: "procurement_recommendations",
                column: "order_id",
                filter: "order_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_order_line_id",
                table: "procurement_recommendations",
                column: "order_line_id",
                unique: true,
                filter: "order_line_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_part_id",
                table: "procurement_recommendations",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_recommended_supplier_id",
                table: "procurement_recommendations",
                column: "recommended_supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_rfq_id",
                table: "procurement_recommendations",
                column: "rfq_id",
                filter: "rfq_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_rfq_line_id",
                table: "procurement_recommendations",
                column: "rfq_line_id",
                unique: true,
                filter: "rfq_line_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_status_urgency_score_id",
                table: "procurement_recommendations",
                columns: new[] { "status", "urgency_score", "id" },
                descending: new[] { false, true, false });

            migrationBuilder.CreateIndex(
                name: "ix_procurement_recommendations_supplier_id",
                table: "procurement_recommendations",
                column: "supplier_id");

            migrationBuilder.CreateIndex(
                name: "ix_reservations_import_run_id",
                table: "reservations",
                column: "import_run_id",
                filter: "import_run_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_reservations_part_id",
                table: "reservations",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_sales_order_lines_import_run_id",
                table: "sales_order_lines",
                column: "import_run_id",
                filter: "import_run_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_order_lines_number_line_no",
                table: "sales_order_lines",
                columns: new[] { "number", "line_no" },
                unique: true,
                filter: "deleted_at is null");

            migrationBuilder.CreateIndex(
                name: "ix_sales_order_lines_part_id",
                table: "sales_order_lines",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_sales_order_lines_status_ship_on",
                table: "sales_order_lines",
                columns: new[] { "status", "ship_on" });

            migrationBuilder.CreateIndex(
                name: "ix_sku_forecasts_forecast_cycle_id_part_id",
                table: "sku_forecasts",
                columns: new[] { "forecast_cycle_id", "part_id" },
                unique: true);

            migrationBuilder.CreateIndex(
                name: "ix_sku_forecasts_part_id",
                table: "sku_forecasts",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_import_run_id",
                table: "stock_movements",
                column: "import_run_id",
                filter: "import_run_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_part_id",
                table: "stock_movements",
                column: "part_id");

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_part_id_at_id",
                table: "stock_movements",
                columns: new[] { "part_id", "at", "id" },
                descending: new[] { false, true, true });

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_receipt_id",
                table: "stock_movements",
                column: "receipt_id",
                filter: "receipt_id is not null");

            migrationBuilder.CreateIndex(
                name: "ix_stock_movements_receipt_id_kind",
                table: "stock_movements",
                columns: new[] { "receipt_id", "kind" },
                unique: true,
                filter: "receipt_id is not null");
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropTable(
                name: "bills_of_materials");

            migrationBuilder.DropTable(
                name: "bom_lines");

            migrationBuilder.DropTable(
                name: "forecast_cycles");

            migrationBuilder.DropTable(
                name: "forecasts");

            migrationBuilder.DropTable(
                name: "inventory");

            migrationBuilder.DropTable(
                name: "name_aliases");

            migrationBuilder.DropTable(
                name: "planned_requirements");

            migrationBuilder.DropTable(
                name: "planning_issues");

            migrationBuilder.DropTable(
                name: "planning_messages");

            migrationBuilder.DropTable(
                name: "planning_parameters");

            migrationBuilder.DropTable(
                name: "planning_snapshots");

            migrationBuilder.DropTable(
                name: "procurement_recommendations");

            migrationBuilder.DropTable(
                name: "reservations");

            migrationBuilder.DropTable(
                name: "sales_order_lines");

            migrationBuilder.DropTable(
                name: "sku_forecast_points");

            migrationBuilder.DropTable(
                name: "sku_forecasts");

            migrationBuilder.DropTable(
                name: "stock_movements");

            migrationBuilder.DropTable(
                name: "planning_cycles");
        }
    }
}
