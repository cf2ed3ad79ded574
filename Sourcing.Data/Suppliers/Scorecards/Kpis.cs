namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>What a KPI is counted in.</summary>
public enum KpiUnit
{
    /// <summary>0 to 1, shown as a percentage.</summary>
    Share,

    /// <summary>A share that may be below 0: −0.018 is 1.8 % below.</summary>
    Difference,

    /// <summary>Of a million.</summary>
    PartsPerMillion,

    Hours,

    Days,

    /// <summary>In the base currency.</summary>
    Money,
}

/// <summary>What a KPI is made of: see <c>app.kpi_events</c>, whose rows it sums up.</summary>
/// <param name="Code">As formulas and the table write it.</param>
/// <param name="Name">As people read it.</param>
/// <param name="HigherIsBetter">False where less is better.</param>
/// <param name="Meaning">How it is reckoned, in a sentence.</param>
/// <param name="Events">What is counted, in the plural: "lines".</param>
/// <param name="Sum">A sum and no mean: never drawn towards the average of all.</param>
public sealed record Kpi(string Code, string Name, KpiUnit Unit, bool HigherIsBetter, string Events, string Meaning, bool Sum = false)
{
    /// <summary>What is counted, in the number that it has: "1 line", "2 lines".</summary>
    public string Counted(int events) => events != 1 ? Events : Events.EndsWith("ies", StringComparison.Ordinal) ? Events[..^3] + "y" : Events[..^1];
}

/// <summary>The KPIs that there are. The function <c>app.reckon_kpis</c> reckons each of them for all suppliers at once.</summary>
public static class Kpis
{
    public const string OnTimeInFull = "otif";
    public const string OnTimeLines = "on_time_lines";
    public const string MedianDelay = "median_delay";
    public const string ResponseRate = "response_rate";
    public const string HoursToAnswer = "hours_to_answer";
    public const string WinRate = "win_rate";
    public const string PriceToMedian = "price_to_median";
    public const string Spend = "spend";

    /// <summary>All, deliveries first.</summary>
    public static readonly IReadOnlyList<Kpi> All =
    [
        new(OnTimeInFull, "On time in full", KpiUnit.Share, true, "lines",
            "Received by the due day, at most as ordered, over ordered: lines due in the period, also those never received; cancelled orders do not count."),
        new(OnTimeLines, "Lines on time", KpiUnit.Share, true, "lines", "Lines of which everything had come by the due day, over lines due in the period."),
        new(MedianDelay, "Delay of late lines", KpiUnit.Days, false, "late lines", "Median over late lines of the days from the due day until everything was there, or until today where it is not."),
        new("fill_rate", "Fill rate", KpiUnit.Share, true, "lines", "Received whenever, at most as ordered, over ordered: lines due in the period."),
        new("quality_ppm", "Rejected quantity", KpiUnit.PartsPerMillion, false, "receipts", "Rejected over all that arrived in the period, in parts per million."),
        new(ResponseRate, "Answers to RFQs", KpiUnit.Share, true, "invitations",
            "Answers over invitations of the period; declining with a reason is an answer, and what can still be answered does not count."),
        new(HoursToAnswer, "Time to answer", KpiUnit.Hours, false, "answers", "Median from invitation to the first answer."),
        new("price_index", "Price index", KpiUnit.Share, true, "quoted lines", "Mean over lines quoted in the period of lowest comparable price over own price: 100 % is always the lowest."),
        new(PriceToMedian, "Price against median", KpiUnit.Difference, false, "quoted prices", "Mean over prices quoted in the period of own price over the part’s median, less one."),
        new("lead_time_p50", "Lead time against quoted, median", KpiUnit.Days, false, "deliveries", "Median over lines completed in the period of actual less quoted lead time."),
        new("lead_time_p90", "Lead time against quoted, 90th percentile", KpiUnit.Days, false, "deliveries", "Nine of ten lines completed in the period came with at most so many days above the quoted lead time."),
        new(WinRate, "Win rate", KpiUnit.Share, true, "decided quotes", "Quotes submitted in the period that won at least a line, over those that are decided."),
        new(Spend, "Spend", KpiUnit.Money, true, "orders", "Totals of orders issued in the period and not cancelled, in the base currency at the rate of the day.", Sum: true),
        new("savings", "Savings", KpiUnit.Money, true, "awarded lines", "Baseline less awarded price times quantity over lines awarded in the period, in the base currency.", Sum: true),
    ];

    private static readonly Dictionary<string, Kpi> ByCode = All.ToDictionary(k => k.Code);

    /// <summary>The KPI of this code; null when there is none.</summary>
    public static Kpi? Find(string code) => ByCode.GetValueOrDefault(code);
}
