using System.Globalization;

namespace Sourcing.E2E.Planning;

/// <summary>A file that somebody imports, what has to be said beside it, and what it makes.</summary>
/// <param name="Kind">Of the import.</param>
/// <param name="Lines">Heads first.</param>
internal sealed record JourneyFile(string Kind, string Name, params string[] Lines)
{
    /// <summary>What holds for all rows and the file does not say: the field, and the words typed.</summary>
    public IReadOnlyDictionary<string, string> Answers { get; init; } = new Dictionary<string, string>();

    /// <summary>The same where one of a few words is chosen.</summary>
    public IReadOnlyDictionary<string, string> Choices { get; init; } = new Dictionary<string, string>();

    /// <summary>New records by their name in the outcome.</summary>
    public required IReadOnlyDictionary<string, int> Written { get; init; }

    /// <summary>As buttons say it.</summary>
    public string Rows => Lines.Length == 2 ? "1 row" : $"{Lines.Length - 1} rows";
}

/// <summary>A polo shirt of a knitted fabric of a bought yarn, under numbers that no other test meets, and the files that say all of it.</summary>
/// <remarks>
/// 400 polos are ordered and 200 more are expected, half a kilo of fabric each: 300 kg of yarn, of which 60 are there. The two needs lie so near to
/// each other that one order is cheaper than two. All days are far enough for the spinner's two weeks, and for ours in the mill.
/// </remarks>
internal sealed class JourneyGoods
{
    private readonly string _mark = Guid.CreateVersion7().ToString("N")[^8..].ToUpperInvariant();

    public string Yarn => $"JNY-{_mark}-Y";

    public string YarnName => $"Slub yarn {_mark}";

    public string Fabric => $"JNY-{_mark}-F";

    public string FabricName => $"Slub jersey {_mark}";

    public string Polo => $"JNY-{_mark}-P";

    public string PoloName => $"Polo {_mark}";

    public string SpinnerCode => $"JS-{_mark}";

    public string Spinner => $"Spinner {_mark}";

    public string SalesOrder => $"SO-{_mark}";

    /// <summary>What the catalog's keepers bring.</summary>
    public JourneyFile Parts => new("parts", "styles.csv", "Part number,Name,Type,Unit", $"{Polo},{PoloName},finished good,pcs", $"{Fabric},{FabricName},component,kg")
    {
        Written = Counts("Parts", 2),
    };

    /// <summary>What the planner brings, in the order in which one needs the other.</summary>
    public IReadOnlyList<JourneyFile> Planned =>
    [
        new("materials", "yarns.csv", "material_id,Description,Blend,Color,Unit", $"{Yarn},{YarnName},100 % cotton,ecru,kg") { Written = Counts("Materials", 1) },
        new("material_suppliers", "suppliers.csv", "Supplier_ID,Supplier,Lead_time,MOQ,Type", $"{SpinnerCode},{Spinner},2,,Spinner")
        {
            // The list says neither: two weeks or two days, euros or dollars.
            Choices = new Dictionary<string, string> { ["Lead time is in"] = "weeks" }, Answers = new Dictionary<string, string> { ["Currency"] = "EUR" },
            Written = Counts("Suppliers", 1),
        },
        new("material_suppliers", "terms.csv", "material_id,supplier_id,cost_per_unit,lead_time_days,moq,reliability_score,ordering_cost,holding_cost_rate", $"{Yarn},{SpinnerCode},4.10,14,100,1,100,0.25")
        {
            Written = Counts("Prices", 1),
        },
        new("bom", "bom.csv", "sku_id,material_id,qty_per_unit,unit", $"{Polo},{Fabric},0.5,kg", $"{Fabric},{Yarn},1,kg") { Written = new Dictionary<string, int> { ["Bills of materials"] = 2, ["Components"] = 2 } },
        new("stock", "stock.csv", "material_id,on_hand_qty,unit,open_po_qty,po_expected_date", $"{Yarn},60,kg,0,") { Written = Counts("Stocks", 1) },
        new("sales_orders", "sales orders.csv", "SO #,Customer,Style,Ordered,UOM,Ship Date", $"{SalesOrder},Brinwell Outfitters,{Polo},400,pcs,{Day(42)}") { Written = Counts("Order lines", 1) },
        new("forecasts", "forecast.csv", "sku_id,forecast_qty,forecast_date,source", $"{Polo},200,{Day(63)},prod_plan") { Written = Counts("Forecasts", 1) },
    ];

    private static Dictionary<string, int> Counts(string records, int count) => new() { [records] = count };

    /// <summary>So many days from now.</summary>
    public static string Later(string format, int days) => TimeProvider.System.GetUtcNow().AddDays(days).ToString(format, CultureInfo.InvariantCulture);

    private static string Day(int days) => Later("yyyy-MM-dd", days);
}
