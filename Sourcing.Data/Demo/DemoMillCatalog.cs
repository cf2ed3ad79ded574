using Sourcing.Data.Catalog;

namespace Sourcing.Data.Demo;

/// <summary>What the invented mill spins up, knits and finishes, and of what. All made up.</summary>
internal static class DemoMillCatalog
{
    /// <summary>A price that a supplier of the demo asks for a yarn.</summary>
    /// <param name="Supplier">Its place in <see cref="DemoCatalog.Firms"/>.</param>
    /// <param name="Price">In EUR a kilogram; 0 for a price nobody has told yet.</param>
    /// <param name="Contract">The most that the contract allows, kg.</param>
    internal sealed record Offer(int Supplier, decimal Price, int LeadTime, decimal? Moq = null, decimal? Multiple = null, decimal? Reliability = 0.92m, decimal? Contract = null);

    /// <summary>A yarn with its stock.</summary>
    internal sealed record Yarn(string Number, string Name, decimal OnHand, bool Critical, Offer[] Offers);

    /// <summary>A greige fabric, made by the kilogram, with the shares of its yarns.</summary>
    internal sealed record Greige(string Number, string Name, decimal OnHand, (string Yarn, decimal Share)[] Shares);

    /// <summary>How the sales of a fabric go.</summary>
    internal enum Pattern
    {
        Steady,
        Growing,
        Seasonal,
        Fading,
        Intermittent,
        Lumpy,
        New,
    }

    /// <summary>A finished fabric, sold by the metre.</summary>
    /// <param name="KgPerMetre">Of greige in one metre.</param>
    /// <param name="Weekly">Metres in a usual week.</param>
    /// <param name="Dye">A dye of the demo's catalog by its place among the dyes; null for the dye bath; −1 for none.</param>
    internal sealed record Fabric(string Number, string Name, string Greige, decimal KgPerMetre, decimal Price, decimal Weekly, Pattern Pattern, decimal OnHand, int? Dye);

    internal static readonly Yarn[] Yarns =
    [
        new("MAT-20417", "Combed cotton yarn Ne 30/1, raw white", 7200, true, [new(1, 3.49m, 24, 2000, 1000, 0.94m), new(3, 3.31m, 46, 4000, 1000, 0.81m), new(6, 3.72m, 18, 500, 250, 0.97m)]),
        new("MAT-20425", "Combed cotton yarn Ne 24/1, raw white", 2700, true, [new(0, 3.58m, 16, 500, 250, 0.96m, 30000), new(2, 3.66m, 14, 500, 250, 0.95m)]),
        new("MAT-20431", "Carded cotton yarn Ne 20/1, raw white", 1100, false, [new(3, 2.74m, 44, 3000, 1000, 0.79m), new(0, 3.05m, 17, 500, 250, 0.96m)]),
        new("MAT-20442", "Organic cotton yarn Ne 30/1, raw white", 420, false, [new(6, 4.86m, 21, 500, 250, 0.97m)]),
        new("MAT-20450", "Melange cotton yarn Ne 24/1, grey", 520, false, [new(2, 4.12m, 15, 300, 100, 0.95m), new(1, 3.94m, 27, 1000, 500, 0.9m)]),
        new("MAT-20458", "Elastane yarn 40 den, covered", 62, true, [new(4, 9.80m, 20, 100, 20, 0.68m), new(7, 10.40m, 12, 50, 10, 0.93m)]),
        new("MAT-20463", "Polyester yarn 150/48, textured", 900, false, [new(3, 1.96m, 47, 2000, 1000, 0.83m), new(7, 2.34m, 13, 500, 100, 0.94m)]),
        new("MAT-20470", "Viscose yarn Ne 30/1", 1500, false, [new(1, 3.88m, 26, 1000, 500, 0.9m)]),
        new("MAT-20477", "Recycled cotton yarn Ne 18/1", 900, false, []),
        new("MAT-20484", "Linen yarn Nm 26, semi bleached", 480, false, [new(4, 0m, 28, 200, 50)]),
        new("MAT-20491", "Modal yarn Ne 40/1", 350, false, [new(4, 6.15m, 30, 9000, 1000, 0.88m)]),
        new("MAT-20498", "Merino yarn Nm 48/2, ecru", 7600, false, [new(7, 22.40m, 35, 100, 20, 0.93m)]),
        new("MAT-20505", "Sewing yarn Ne 50/3 for hems", -140, false, [new(7, 7.90m, 11, 50, 10, 0.95m)]),
    ];

    internal static readonly Greige[] Greiges =
    [
        new("GRG-160", "Single jersey greige 160 g", 2570, [("MAT-20417", 1m)]),
        new("GRG-180", "Elastane jersey greige 180 g", 610, [("MAT-20417", 0.95m), ("MAT-20458", 0.05m)]),
        new("GRG-200", "Interlock greige 200 g", 540, [("MAT-20425", 1m)]),
        new("GRG-220", "Piqué greige 220 g", 740, [("MAT-20425", 0.6m), ("MAT-20417", 0.4m)]),
        new("GRG-240", "Rib greige 240 g", 280, [("MAT-20417", 0.65m), ("MAT-20463", 0.32m)]),
        new("GRG-280", "French terry greige 280 g", 370, [("MAT-20425", 0.55m), ("MAT-20431", 0.45m)]),
        new("GRG-300", "Fleece greige 300 g", 420, [("MAT-20431", 0.7m), ("MAT-20463", 0.3m)]),
        new("GRG-150", "Viscose jersey greige 150 g", 200, [("MAT-20470", 0.92m), ("MAT-20458", 0.08m)]),
        new("GRG-170", "Melange jersey greige 170 g", 370, [("MAT-20450", 1m)]),
        new("GRG-165", "Organic jersey greige 165 g", 210, [("MAT-20442", 1m)]),
        new("GRG-260", "Recycled terry greige 260 g", 60, [("MAT-20477", 0.58m), ("MAT-20463", 0.3m)]),
        new("GRG-190", "Linen blend greige 190 g", 130, [("MAT-20484", 0.55m), ("MAT-20470", 0.45m)]),
        new("GRG-145", "Modal jersey greige 145 g", 100, [("MAT-20491", 1m)]),
        new("GRG-210", "Merino interlock greige 210 g", 170, [("MAT-20498", 1m)]),
    ];

    internal static readonly Fabric[] Fabrics =
    [
        new("FAB-16001", "T-shirt jersey, navy", "GRG-160", 0.262m, 6.40m, 1820, Pattern.Seasonal, 8370, null),
        new("FAB-16002", "T-shirt jersey, white", "GRG-160", 0.258m, 5.90m, 1470, Pattern.Steady, 7640, -1),
        new("FAB-16003", "T-shirt jersey, black", "GRG-160", 0.262m, 6.40m, 1190, Pattern.Growing, 5000, 1),
        new("FAB-18001", "Stretch jersey, black", "GRG-180", 0.297m, 8.10m, 630, Pattern.Steady, 3020, 1),
        new("FAB-18002", "Stretch jersey, scarlet", "GRG-180", 0.297m, 8.20m, 225, Pattern.Intermittent, 1800, 2),
        new("FAB-20001", "Interlock, white", "GRG-200", 0.324m, 7.30m, 840, Pattern.Steady, 4200, -1),
        new("FAB-22001", "Polo piqué, white", "GRG-220", 0.361m, 8.90m, 685, Pattern.Seasonal, 3010, -1),
        new("FAB-22002", "Polo piqué, navy", "GRG-220", 0.366m, 9.30m, 450, Pattern.Seasonal, 320, null),
        new("FAB-24001", "Rib cuff, assorted", "GRG-240", 0.39m, 9.80m, 285, Pattern.Steady, 1570, 1),
        new("FAB-28001", "French terry, grey", "GRG-280", 0.462m, 11.20m, 505, Pattern.Growing, 1110, 5),
        new("FAB-30001", "Fleece, charcoal", "GRG-300", 0.49m, 10.60m, 390, Pattern.Seasonal, 1560, 1),
        new("FAB-15001", "Viscose jersey, bordeaux", "GRG-150", 0.247m, 9.10m, 265, Pattern.Lumpy, 1590, 5),
        new("FAB-17001", "Melange jersey, grey", "GRG-170", 0.275m, 7.80m, 485, Pattern.Fading, 3150, -1),
        new("FAB-16501", "Organic jersey, ecru", "GRG-165", 0.268m, 8.60m, 365, Pattern.Growing, 1640, -1),
        new("FAB-26001", "Recycled terry, olive", "GRG-260", 0.428m, 12.10m, 125, Pattern.New, 60, 6),
        new("FAB-19001", "Linen blend, natural", "GRG-190", 0.312m, 13.40m, 105, Pattern.Intermittent, 940, -1),
        new("FAB-14501", "Modal jersey, white", "GRG-145", 0.238m, 11.70m, 100, Pattern.Lumpy, 800, -1),
        new("FAB-21001", "Merino interlock, ecru", "GRG-210", 0.345m, 31.50m, 40, Pattern.Intermittent, 880, -1),
    ];

    /// <summary>Invented customers with region and segment.</summary>
    internal static readonly (string Name, string Region, string Segment)[] Customers =
    [
        ("Brinwell Outfitters", "North", "Fashion"), ("Casamar Moda", "South", "Fashion"), ("Dockside Workwear", "West", "Workwear"), ("Elbhafen Textil", "North", "Home"),
        ("Fjordkind Barnklær", "North", "Kids"), ("Galvani Sport", "South", "Sport"), ("Heideblick Wäsche", "East", "Home"), ("Ilona Atelier", "East", "Fashion"),
        ("Jura Outdoor", "West", "Sport"), ("Kestrel Uniforms", "West", "Workwear"), ("Lumen Kids", "South", "Kids"), ("Morska Moda", "East", "Fashion"),
    ];
}
