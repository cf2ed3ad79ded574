using Sourcing.Data.Common;
using Sourcing.Data.Planning;
using Sourcing.Data.Planning.Forecasting;
using Sourcing.Data.Planning.Forecasts;
using Sourcing.Web.Shared;

namespace Sourcing.Web.Planning;

/// <summary>Words of forecasts that several pages use.</summary>
internal static class ForecastWords
{
    /// <summary>Beyond this a bias is worth an arrow: 5 %.</summary>
    public const decimal NoticeableBias = 0.05m;

    /// <summary>The words of a source.</summary>
    public static string Source(ForecastSource source) => source switch
    {
        ForecastSource.ProdPlan => "Production plan",
        ForecastSource.SalesHistory => "Sales history",
        _ => Words.Spaced(source),
    };

    /// <summary>The colour of a source in a chart and its legend.</summary>
    public static Hue SourceHue(ForecastSource source) => source switch
    {
        ForecastSource.ProdPlan => Hue.Teal,
        ForecastSource.SalesHistory => Hue.Violet,
        ForecastSource.Projection => Hue.Amber,
        ForecastSource.Manual => Hue.Green,
        ForecastSource.Model => Hue.Blue,
        _ => Hue.Grey,
    };

    /// <summary>The words of a method's snake name; as it stands where there is none.</summary>
    public static string Method(string? snake) => snake is null ? Formats.Nothing : Words.FromSnake(typeof(ForecastMethod), snake) is ForecastMethod method ? method.Words() : snake;

    /// <summary>The words of a class's snake name.</summary>
    public static string Class(string? snake) => snake is null ? Formats.Nothing : Words.FromSnake(typeof(DemandClass), snake) is DemandClass demand ? Words.Spaced(demand) : snake;

    /// <summary>What a class of demand means.</summary>
    public static string ClassMeaning(DemandClass demand) => demand switch
    {
        DemandClass.Smooth => "something in most weeks, of even size",
        DemandClass.Intermittent => "nothing in many weeks, and of even size when something comes",
        DemandClass.Erratic => "something in most weeks, of uneven size",
        DemandClass.Lumpy => "nothing in many weeks, and of uneven size when something comes",
        _ => "never any demand",
    };

    /// <summary>Green from 70 %, amber from 40 %, else red.</summary>
    public static Hue ConfidenceHue(decimal confidence) => confidence >= 0.7m ? Hue.Green : confidence >= 0.4m ? Hue.Amber : Hue.Red;

    /// <summary>Too little was forecast: an arrow up; too much: down; null where the bias is not worth one.</summary>
    public static string? BiasIcon(decimal? bias) => bias is not { } share || Math.Abs(share) < NoticeableBias ? null : share > 0 ? "arrow_upward" : "arrow_downward";

    /// <summary>What a bias means.</summary>
    public static string Bias(decimal? bias) => bias switch
    {
        null => "No bias is known",
        >= NoticeableBias => "Demand was higher than forecast",
        <= -NoticeableBias => "Demand was lower than forecast",
        _ => "Errors even out",
    };

    /// <summary>As many decimals as say something of a quantity.</summary>
    public static string Amount(this Formats format, decimal? quantity) => format.Number(quantity, 0, quantity is { } q && q != Math.Truncate(q) ? Math.Abs(q) >= 100 ? 0 : Math.Abs(q) >= 10 ? 1 : 2 : 0);

    /// <summary>W47, 16 Nov.</summary>
    public static string Week(this Formats format, DateOnly week) => $"{IsoWeek.Label(week)}, {format.ShortDate(week)}";

    /// <summary>A metric as a decimal; null stays null, and what no decimal holds too.</summary>
    public static decimal? Figure(double? value) => value is { } number && Math.Abs(number) < 1e15 ? (decimal)number : null;
}
