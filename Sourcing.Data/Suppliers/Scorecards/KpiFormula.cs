using System.Globalization;
using Sourcing.Data.Common;

namespace Sourcing.Data.Suppliers.Scorecards;

/// <summary>
/// A formula over KPIs: their codes and numbers with + − × ÷ (also - * /), parentheses, min(a, b, …), max(a, b, …) and
/// clamp(x, lowest, highest). Nothing else is understood, so that a formula can neither loop nor reach anything.
/// </summary>
public sealed class KpiFormula
{
    /// <summary>Characters of a formula.</summary>
    public const int Longest = 300;

    private readonly Func<Func<string, decimal?>, decimal?> _evaluate;

    private KpiFormula(string text, IReadOnlyList<string> kpis, Func<Func<string, decimal?>, decimal?> evaluate) => (Text, Codes, _evaluate) = (text, kpis, evaluate);

    /// <summary>As it was written, without blanks around it.</summary>
    public string Text { get; }

    /// <summary>The codes of the KPIs in it, each once, in the order of their appearance; at least one.</summary>
    public IReadOnlyList<string> Codes { get; }

    /// <summary>The KPI that the formula is, with nothing around it; null for any other formula.</summary>
    public Kpi? Single { get; private init; }

    /// <summary>Reads a formula. Refuses one that is empty, too long, names no KPI or an unknown one, or ends in the middle, and says where.</summary>
    public static KpiFormula Parse(string text)
    {
        if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
        {
            throw new RefusedException($"Write a formula of at most {Longest} characters, such as {Kpis.OnTimeInFull}.");
        }

        var reader = new Reader(text);
        var evaluate = reader.Whole();
        return reader.Codes.Count == 0
            ? throw new RefusedException($"The formula names no KPI. Write one of {string.Join(", ", Kpis.All.Select(k => k.Code))}.")
            : new KpiFormula(text.Trim(), reader.Codes, evaluate) { Single = Kpis.Find(text.Trim()) };
    }

    /// <summary>The result; null where a KPI is unknown, a division is by zero or the result is out of bounds: nothing is known then.</summary>
    /// <param name="known">The value of a KPI; null where nothing is known.</param>
    public decimal? Evaluate(Func<string, decimal?> known)
    {
        try
        {
            return _evaluate(known);
        }
        catch (OverflowException)
        {
            return null;
        }
    }

    /// <summary>Recursive descent: sum → product → sign → number, KPI, function or parentheses.</summary>
    private sealed class Reader(string text)
    {
        // Deeper than anybody writes; a bound, so that a formula cannot exhaust the stack.
        private const int Deepest = 40;
        private int _at;
        private int _depth;

        public List<string> Codes { get; } = [];

        public Func<Func<string, decimal?>, decimal?> Whole()
        {
            var all = Sum();
            return Next() == '\0' ? all : throw Wrong("an operator");
        }

        private Func<Func<string, decimal?>, decimal?> Sum()
        {
            if (++_depth > Deepest)
            {
                throw new RefusedException("The formula has too many parentheses in each other. Write it more simply.");
            }

            var left = Product();
            while (Next() is '+' or '-' or '−')
            {
                var plus = text[_at++] == '+';
                var (a, b) = (left, Product());
                left = plus ? known => a(known) + b(known) : known => a(known) - b(known);
            }

            _depth--;
            return left;
        }

        private Func<Func<string, decimal?>, decimal?> Product()
        {
            var left = Sign();
            while (Next() is '*' or '×' or '/' or '÷')
            {
                var times = text[_at++] is '*' or '×';
                var (a, b) = (left, Sign());
                left = times ? known => a(known) * b(known) : known => b(known) is { } by && by != 0 ? a(known) / by : null;
            }

            return left;
        }

        private Func<Func<string, decimal?>, decimal?> Sign()
        {
            var minus = false;
            while (Next() is '-' or '−')
            {
                minus = !minus;
                _at++;
            }

            var value = Atom();
            return minus ? known => -value(known) : value;
        }

        private Func<Func<string, decimal?>, decimal?> Atom() => Next() switch
        {
            '(' => Parentheses(),
            >= '0' and <= '9' or '.' => Number(),
            >= 'a' and <= 'z' or >= 'A' and <= 'Z' or '_' => Named(),
            _ => throw Wrong("a KPI, a number or a parenthesis"),
        };

        private Func<Func<string, decimal?>, decimal?> Parentheses()
        {
            _at++;
            var inner = Sum();
            Take(')');
            return inner;
        }

        private Func<Func<string, decimal?>, decimal?> Number()
        {
            var from = _at;
            while (_at < text.Length && (char.IsAsciiDigit(text[_at]) || text[_at] == '.'))
            {
                _at++;
            }

            return decimal.TryParse(text.AsSpan(from, _at - from), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
                ? _ => number
                : throw new RefusedException($"“{text[from.._at]}” is not a number. Write it like 0.95.");
        }

        private Func<Func<string, decimal?>, decimal?> Named()
        {
            var from = _at;
            while (_at < text.Length && (char.IsAsciiLetterOrDigit(text[_at]) || text[_at] == '_'))
            {
                _at++;
            }

            var name = text[from.._at].ToLowerInvariant();
            if (Next() == '(')
            {
                return Function(name);
            }

            if (Kpis.Find(name) is null)
            {
                throw new RefusedException($"There is no KPI “{name}”. Write one of {string.Join(", ", Kpis.All.Select(k => k.Code))}.");
            }

            if (!Codes.Contains(name))
            {
                Codes.Add(name);
            }

            return known => known(name);
        }

        private Func<Func<string, decimal?>, decimal?> Function(string name)
        {
            Take('(');
            List<Func<Func<string, decimal?>, decimal?>> of = [Sum()];
            while (Next() == ',')
            {
                _at++;
                of.Add(Sum());
            }

            Take(')');
            return (name, of.Count) switch
            {
                ("min", > 1) => known => All(of, known) is { } values ? values.Min() : null,
                ("max", > 1) => known => All(of, known) is { } values ? values.Max() : null,
                ("clamp", 3) => known => All(of, known) is { } v ? Math.Max(v[1], Math.Min(v[0], v[2])) : null,
                ("min" or "max" or "clamp", _) => throw new RefusedException($"{name} is written {(name == "clamp" ? "clamp(value, lowest, highest)" : $"{name}(one, another)")}."),
                _ => throw new RefusedException($"There is no function “{name}”. There are min, max and clamp."),
            };
        }

        private static List<decimal>? All(List<Func<Func<string, decimal?>, decimal?>> of, Func<string, decimal?> known)
        {
            var values = of.ConvertAll(f => f(known));
            return values.Contains(null) ? null : values.ConvertAll(v => v!.Value);
        }

        private char Next()
        {
            while (_at < text.Length && char.IsWhiteSpace(text[_at]))
            {
                _at++;
            }

            return _at < text.Length ? text[_at] : '\0';
        }

        private void Take(char wanted)
        {
            if (Next() != wanted)
            {
                throw Wrong($"“{wanted}”");
            }

            _at++;
        }

        private RefusedException Wrong(string wanted) => new(
            Next() == '\0' ? $"The formula ends where {wanted} should stand." : $"The formula has “{text[_at]}” at place {_at + 1}, where {wanted} should stand.");
    }
}
