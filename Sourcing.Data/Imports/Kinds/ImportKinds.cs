using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Kinds;

/// <summary>The kinds of list that can be imported, in the order in which a company would begin.</summary>
public static class ImportKinds
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<ImportKind> All { get; } =
    [
        CatalogKinds.Units, CatalogKinds.Categories, CatalogKinds.Parts, CatalogKinds.CrossReferences,
        SupplierKinds.Suppliers, SupplierKinds.Contacts, SupplierKinds.Prices, OrderHistoryKind.Kind, CustomerKind.Kind,
        MaterialKind.Kind, MaterialSupplierKind.Kind, BomKind.Kind, StockKind.Kind, OpenOrderKind.Kind, DemandKind.Kind, ForecastKind.Kind, SalesOrderKind.Kind, SalesKind.Kind,
    ];

    /// <summary>The kind with this key.</summary>
    public static ImportKind Get(string key) => All.FirstOrDefault(k => k.Key == key) ?? throw new MissingException("kind of import");

    /// <summary>Mappings that come with the app: see <see cref="MappingDefinition"/>.</summary>
    public static IReadOnlyList<ImportMapping> KnownMappings { get; } =
    [
        ScmsMapping.Mapping, .. MaterialKind.Mappings, .. MaterialSupplierKind.Mappings, .. BomKind.Mappings, .. StockKind.Mappings, .. OpenOrderKind.Mappings,
        .. DemandKind.Mappings, .. ForecastKind.Mappings, .. SalesOrderKind.Mappings, .. SalesKind.Mappings,
    ];
}
