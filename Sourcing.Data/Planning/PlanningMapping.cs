using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Sourcing.Data.Catalog;
using Sourcing.Data.Common;
using Sourcing.Data.Orders;
using Sourcing.Data.Rfqs;
using Sourcing.Data.Suppliers;

namespace Sourcing.Data.Planning;

/// <summary>Stock, bills of materials and demand: what the plan reads.</summary>
internal sealed class PlanningMapping :
    IEntityTypeConfiguration<Inventory>, IEntityTypeConfiguration<StockMovement>, IEntityTypeConfiguration<Reservation>, IEntityTypeConfiguration<BillOfMaterials>,
    IEntityTypeConfiguration<BomLine>, IEntityTypeConfiguration<Forecast>, IEntityTypeConfiguration<SalesOrderLine>, IEntityTypeConfiguration<SalesRecord>,
    IEntityTypeConfiguration<DemandRecord>, IEntityTypeConfiguration<PlanningParameters>
{
    public void Configure(EntityTypeBuilder<Inventory> stock)
    {
        stock.ToTable("inventory", t => t.HasCheckConstraint("ck_inventory_quantities", "allocated >= 0 and open_po_quantity >= 0 and safety_stock >= 0 and reorder_point >= 0"));
        stock.Property(i => i.Id).ValueGeneratedNever();
        Quantities(stock.Property(i => i.OnHand), stock.Property(i => i.Allocated), stock.Property(i => i.OpenPoQuantity));
        stock.Property(i => i.SafetyStock).HasPrecision(18, 6);
        stock.Property(i => i.ReorderPoint).HasPrecision(18, 6);
        stock.HasOne(i => i.Part).WithMany().HasForeignKey(i => i.PartId);
        stock.HasIndex(i => i.PartId).IsUnique();
        DatabaseFaults.Explain("ix_inventory_part_id", "Somebody else entered this part's stock just now. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<StockMovement> movement)
    {
        movement.ToTable(t => t.HasCheckConstraint("ck_stock_movements_quantity", "quantity <> 0"));
        movement.Property(m => m.Id).ValueGeneratedNever();
        Quantities(movement.Property(m => m.Quantity), movement.Property(m => m.Balance));
        movement.Property(m => m.Reason).HasMaxLength(500);
        movement.HasOne<Part>().WithMany().HasForeignKey(m => m.PartId);
        movement.HasOne<Receipt>().WithMany().HasForeignKey(m => m.ReceiptId);
        // A part's ledger, newest first.
        movement.HasIndex(m => new { m.PartId, m.At, m.Id }).IsDescending(false, true, true);
        movement.HasIndex(m => m.PartId);
        // A receipt moves stock once, and back once.
        movement.HasIndex(m => new { m.ReceiptId, m.Kind }).IsUnique().HasFilter("receipt_id is not null");
        movement.HasIndex(m => m.ReceiptId).HasFilter("receipt_id is not null");
        movement.HasIndex(m => m.ImportRunId).HasFilter("import_run_id is not null");
        DatabaseFaults.Explain("ix_stock_movements_receipt_id_kind", "The stock of this receipt has moved already. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<Reservation> reservation)
    {
        reservation.ToTable(t => t.HasCheckConstraint("ck_reservations_quantity", "quantity > 0"));
        reservation.Property(r => r.Id).ValueGeneratedNever();
        Quantities(reservation.Property(r => r.Quantity));
        reservation.Property(r => r.Reference).HasMaxLength(200);
        reservation.HasOne<Part>().WithMany().HasForeignKey(r => r.PartId);
        reservation.HasIndex(r => r.PartId);
        reservation.HasIndex(r => r.ImportRunId).HasFilter("import_run_id is not null");
    }

    public void Configure(EntityTypeBuilder<BillOfMaterials> bom)
    {
        bom.ToTable("bills_of_materials", t => t.HasCheckConstraint("ck_bills_of_materials_yield", "yield > 0 and yield <= 1"));
        bom.Property(b => b.Id).ValueGeneratedNever();
        bom.Property(b => b.Yield).HasPrecision(9, 6);
        bom.Property(b => b.Note).HasMaxLength(1000);
        bom.HasOne(b => b.Part).WithMany().HasForeignKey(b => b.PartId);
        bom.HasIndex(b => b.PartId).IsUnique();
        DatabaseFaults.Explain("ix_bills_of_materials_part_id", "This part has a bill of materials already. Reload the page to see it.");
    }

    public void Configure(EntityTypeBuilder<BomLine> line)
    {
        line.ToTable(t =>
        {
            t.HasCheckConstraint("ck_bom_lines_quantity", "quantity_per > 0 and (not is_share or quantity_per <= 1) and (is_share or unit_id is not null)");
            t.HasCheckConstraint("ck_bom_lines_scrap", "scrap_rate >= 0 and scrap_rate < 1");
            t.HasCheckConstraint("ck_bom_lines_days", "valid_to >= valid_from");
            t.HasCheckConstraint("ck_bom_lines_parts", "parent_part_id <> component_part_id");
        });
        line.Property(l => l.Id).ValueGeneratedNever();
        Quantities(line.Property(l => l.QuantityPer));
        line.Property(l => l.ScrapRate).HasPrecision(9, 6);
        line.HasOne(l => l.ParentPart).WithMany().HasForeignKey(l => l.ParentPartId);
        line.HasOne(l => l.ComponentPart).WithMany().HasForeignKey(l => l.ComponentPartId);
        line.HasOne<Unit>().WithMany().HasForeignKey(l => l.UnitId);
        line.HasIndex(l => new { l.ParentPartId, l.ComponentPartId, l.ValidFrom }).IsUnique().HasFilter("deleted_at is null");
        line.HasIndex(l => l.ParentPartId);
        // Where a part is used.
        line.HasIndex(l => l.ComponentPartId);
        line.HasIndex(l => l.UnitId);
        line.HasIndex(l => l.ImportRunId).HasFilter("import_run_id is not null");
        DatabaseFaults.Explain("ix_bom_lines_parent_part_id_component_part_id_valid_from", "This component stands in the bill of materials already from the same day. Change that line, or begin this one on another day.");
    }

    public void Configure(EntityTypeBuilder<Forecast> forecast)
    {
        forecast.ToTable(t =>
        {
            t.HasCheckConstraint("ck_forecasts_figures", "quantity >= 0 and confidence between 0 and 1");
            t.HasCheckConstraint("ck_forecasts_reason", "source <> 'override' or reason <> ''");
        });
        forecast.Property(f => f.Id).ValueGeneratedNever();
        Quantities(forecast.Property(f => f.Quantity));
        forecast.Property(f => f.Confidence).HasPrecision(5, 4);
        forecast.Property(f => f.Reason).HasMaxLength(500);
        forecast.HasOne(f => f.Part).WithMany().HasForeignKey(f => f.PartId);
        forecast.HasIndex(f => new { f.PartId, f.Source, f.Date, f.Period }).IsUnique().HasFilter("deleted_at is null");
        forecast.HasIndex(f => f.PartId);
        forecast.HasIndex(f => f.Date);
        forecast.HasIndex(f => f.ImportRunId).HasFilter("import_run_id is not null");
        DatabaseFaults.Explain("ix_forecasts_part_id_source_date_period", "This source has a forecast for the part and day already. Change that one.");
    }

    public void Configure(EntityTypeBuilder<SalesOrderLine> line)
    {
        line.ToTable(t => t.HasCheckConstraint("ck_sales_order_lines_quantities", "quantity > 0 and shipped_quantity >= 0"));
        line.Property(l => l.Id).ValueGeneratedNever();
        line.Property(l => l.Number).HasMaxLength(40);
        line.Property(l => l.Customer).HasMaxLength(200);
        line.Property(l => l.Currency).HasMaxLength(3);
        Quantities(line.Property(l => l.Quantity), line.Property(l => l.ShippedQuantity));
        line.HasOne(l => l.Part).WithMany().HasForeignKey(l => l.PartId);
        line.HasIndex(l => new { l.Number, l.LineNo }).IsUnique().HasFilter("deleted_at is null");
        line.HasIndex(l => l.PartId);
        line.HasIndex(l => new { l.Status, l.ShipOn });
        line.HasIndex(l => l.ImportRunId).HasFilter("import_run_id is not null");
        DatabaseFaults.Explain("ix_sales_order_lines_number_line_no", "There is a line with this number in this sales order already.");
    }

    public void Configure(EntityTypeBuilder<PlanningParameters> parameters)
    {
        parameters.ToTable("planning_parameters", t => t.HasCheckConstraint(
            "ck_planning_parameters_target",
            "(scope = 'category') = (category_id is not null) and (scope = 'part') = (part_id is not null)"));
        parameters.Property(p => p.Id).ValueGeneratedNever();
        foreach (var quantity in new[] { nameof(PlanningParameters.FixedQuantity), nameof(PlanningParameters.SafetyStock), nameof(PlanningParameters.MinimumSafetyStock), nameof(PlanningParameters.MaximumSafetyStock) })
        {
            parameters.Property<decimal?>(quantity).HasPrecision(18, 6);
        }

        parameters.HasOne<PartCategory>().WithMany().HasForeignKey(p => p.CategoryId);
        parameters.HasOne<Part>().WithMany().HasForeignKey(p => p.PartId);
        parameters.HasIndex(p => p.CategoryId).IsUnique().HasFilter("category_id is not null");
        parameters.HasIndex(p => p.PartId).IsUnique().HasFilter("part_id is not null");
        parameters.HasIndex(p => p.Scope).IsUnique().HasFilter("scope = 'plan'");
    }

    // Both are partitioned by month: made by the room's script, which knows how.
    public void Configure(EntityTypeBuilder<SalesRecord> sale)
    {
        sale.ToTable("sales_history", t => t.ExcludeFromMigrations());
        sale.HasKey(s => new { s.Id, s.Time });
        sale.Property(s => s.Quantity).HasPrecision(18, 6);
        sale.Property(s => s.TotalValue).HasPrecision(18, 2);
    }

    public void Configure(EntityTypeBuilder<DemandRecord> demand)
    {
        demand.ToTable("demand_history", t => t.ExcludeFromMigrations());
        demand.HasKey(d => new { d.Id, d.Time });
        demand.Property(d => d.Quantity).HasPrecision(18, 6);
        demand.Property(d => d.ActualVsForecast).HasPrecision(18, 6);
    }

    internal static void Quantities(params PropertyBuilder<decimal>[] quantities)
    {
        foreach (var quantity in quantities)
        {
            quantity.HasPrecision(18, 6);
        }
    }
}
