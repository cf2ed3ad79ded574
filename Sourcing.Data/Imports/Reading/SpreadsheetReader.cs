using System.Globalization;
using ExcelDataReader;
using ExcelDataReader.Exceptions;
using Sourcing.Data.Common;

namespace Sourcing.Data.Imports.Reading;

/// <summary>One sheet of an XLSX or XLS, row by row. Only ever opened after <see cref="SpreadsheetGuard"/> has looked.</summary>
public sealed class SpreadsheetReader : TableReader
{
    private readonly IExcelDataReader _sheet;
    private string[] _cells = new string[16];
    private bool[] _numbers = new bool[16];

    /// <param name="file">Closed with the reader.</param>
    /// <param name="sheet">Name of the sheet; null for the first that is visible and holds something.</param>
    public SpreadsheetReader(Stream file, string? sheet)
    {
        _sheet = Guarded(() => ExcelReaderFactory.CreateReader(file, new() { LeaveOpen = false }));
        Sheets = [.. Names()];
        Sheet = sheet is null
            ? Sheets.Count > 0 ? Sheets[0] : throw new RefusedException("The spreadsheet has no visible sheet with rows.")
            : Sheets.FirstOrDefault(s => s == sheet) ?? throw new RefusedException($"The spreadsheet has no sheet “{sheet}”. Choose one of: {string.Join(", ", Sheets)}.");
        _sheet.Reset();
        while (_sheet.Name != Sheet)
        {
            _sheet.NextResult();
        }
    }

    /// <summary>The visible sheets that hold something.</summary>
    public IReadOnlyList<string> Sheets { get; }

    /// <summary>The one that is read.</summary>
    public string Sheet { get; }

    /// <inheritdoc/>
    public override ReadOnlySpan<char> Cell(int index) => index < Count ? _cells[index] : default;

    /// <inheritdoc/>
    public override bool IsNumber(int index) => index < Count && _numbers[index];

    /// <inheritdoc/>
    public override bool Read() => Guarded(() =>
    {
        while (_sheet.Read())
        {
            Row++;
            if (Take())
            {
                return true;
            }
        }

        return false;
    });

    /// <inheritdoc/>
    protected override void Dispose(bool disposing) => _sheet.Dispose();

    private IEnumerable<string> Names()
    {
        do
        {
            if (_sheet.VisibleState == "visible" && _sheet.FieldCount > 0)
            {
                yield return _sheet.Name;
            }
        }
        while (_sheet.NextResult());
    }

    private bool Take()
    {
        if (_sheet.FieldCount > _cells.Length)
        {
            Array.Resize(ref _cells, Math.Min(_sheet.FieldCount, ReadingLimits.Columns + 1));
            Array.Resize(ref _numbers, _cells.Length);
        }

        Count = 0;
        for (var i = 0; i < _sheet.FieldCount; i++)
        {
            var text = Text(_sheet.GetValue(i), out var isNumber);
            if (text.Length == 0)
            {
                continue;
            }

            if (i >= ReadingLimits.Columns)
            {
                throw new RefusedException($"Row {Row:N0} has more than {ReadingLimits.Columns} columns. Take out the columns that are not needed.");
            }

            if (text.Length > ReadingLimits.CellCharacters)
            {
                throw new RefusedException($"A cell in row {Row:N0}, column {i + 1} is longer than {ReadingLimits.CellCharacters:N0} characters.");
            }

            for (; Count < i; Count++)
            {
                (_cells[Count], _numbers[Count]) = ("", false);
            }

            (_cells[i], _numbers[i]) = (text, isNumber);
            Count = i + 1;
        }

        return Count > 0;
    }

    private static string Text(object? value, out bool isNumber)
    {
        isNumber = value is double or int or decimal;
        return value switch
        {
            null => "",
            string text => text,
            // 15 digits are what a spreadsheet keeps: 0.1 + 0.2 is 0.3 there.
            double number => number.ToString(Math.Abs(number) is >= 1e-4 and < 1e15 or 0 ? "0.###############" : "G15", CultureInfo.InvariantCulture),
            DateTime day => day.ToString(day.TimeOfDay == TimeSpan.Zero ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            TimeSpan time => time.ToString("c", CultureInfo.InvariantCulture),
            bool flag => flag ? "true" : "false",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };
    }

    private static T Guarded<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (InvalidPasswordException fault)
        {
            throw new RefusedException("The spreadsheet is locked with a password. Save it without one.", fault);
        }
        catch (Exception fault) when (fault is ExcelReaderException or System.Xml.XmlException or InvalidDataException or FormatException or OverflowException
            or IndexOutOfRangeException or ArgumentException or NullReferenceException or InvalidOperationException or InvalidCastException or EndOfStreamException or KeyNotFoundException)
        {
            // Damaged files break the reader in many ways; none of them is a fault of ours.
            throw new RefusedException("The spreadsheet is damaged and cannot be read. Open it in a spreadsheet program and save it again as XLSX or CSV.", fault);
        }
    }
}
