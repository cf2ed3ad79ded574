using Microsoft.EntityFrameworkCore;
using Sourcing.Data.Catalog;
using Sourcing.Data.Catalog.Merging;

namespace Sourcing.Data;

public partial class SourcingDb
{
    public DbSet<Unit> Units => Set<Unit>();

    public DbSet<PartCategory> PartCategories => Set<PartCategory>();

    public DbSet<Part> Parts => Set<Part>();

    public DbSet<PartUnitConversion> PartUnitConversions => Set<PartUnitConversion>();

    public DbSet<PartCrossReference> PartCrossReferences => Set<PartCrossReference>();

    public DbSet<SupplierPart> SupplierParts => Set<SupplierPart>();

    public DbSet<PriceBreak> PriceBreaks => Set<PriceBreak>();

    /// <summary>Parts and suppliers that became one.</summary>
    public DbSet<Merge> Merges => Set<Merge>();

    /// <summary>Every price that a part was listed, quoted or ordered at: a view.</summary>
    public DbSet<PartPrice> PartPrices => Set<PartPrice>();

    /// <summary>All that a list says of a part's <see cref="PartPrices"/>, read once: JSON of a <see cref="PriceBrief"/>.</summary>
    [DbFunction("price_brief", "app")]
    public static string PriceBriefOf(Guid partId) => throw new NotSupportedException("Runs in the database only.");

    /// <summary>The median of a part's <see cref="PartPrices"/> in the base currency, as SQL: percentile_cont(0.5). Null without any.</summary>
    [DbFunction("median_price", "app")]
    public static decimal? MedianPrice(Guid partId) => throw new NotSupportedException("Runs in the database only.");

    /// <summary>The living end of the chain of successors of a part, by the first of each; null where it has none that is in the catalog.</summary>
    [DbFunction("successor", "app")]
    public static Guid? SuccessorOf(Guid partId) => throw new NotSupportedException("Runs in the database only.");
}
