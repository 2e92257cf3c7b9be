import type {
  IExecuteFunctions,
  ILoadOptionsFunctions,
  INodeExecutionData,
  INodeProperties,
} from 'n8n-workflow';

import type {
  Column,
  ColumnType,
  Condition,
  Metadata,
  RowResult,
  Table,
  WriteKind,
} from '../../../core/dynamics/tables';
import type { Callables } from '../../../core/odata/csdl';
import type { Filter } from '../../../core/odata/query';
import type { ODataClient, RecordKey, Row, SingleOperation } from '../../../core/odata/types';
import type { Outcome } from '../../../core/outcome';
import type { ConflictSettings } from '../conflicts';
import type { TableReader } from './reader';

/** A table that may stand behind a resource. */
export interface Candidate {
  logicalName: string;
  /** What brings it, in words: `Field Service`, `dual-write`, `a custom table`. */
  from: string;
}

/** What a resource of the node is about: a table chosen by the user, a known one, or one of several. */
export interface Subject<T extends Table = Table> {
  /** "row", "account": as it stands in the name of an action. */
  noun: string;
  plural: string;
  /** Left out: the user chooses. Known tables need no question to the environment. */
  table?: T;
  /** In place of `table`: the first of them that the environment has, unless the user names another. */
  candidates?: readonly Candidate[];
  /** What to do where none of the candidates is there, as a sentence. */
  whenNone?: string;
}

/** The Options collection of every operation; each uses what concerns it. A service adds options of its own. */
export interface TableOptions extends ConflictSettings {
  whenMissing?: 'fail' | 'skip';
  allOrNothing?: boolean;
  convert?: 'auto' | 'always' | 'never';
  returnRow?: boolean;
  outputField?: string;
  /** Text with commas between, or a list. */
  select?: string | string[];
  orderBy?: string | string[];
  expand?: string;
  filter?: string;
  annotations?: boolean;
  etag?: boolean;
  estimate?: boolean;
  repeatable?: boolean;
  ifMatchField?: string;
}

/** The tables of one environment, opened for one run of the node or one question of the editor. */
export interface Tables<T extends Table = Table> {
  client: ODataClient;
  metadata: Metadata<T>;
  /** Of each write: inside a batch every request stands for itself. */
  headers: Record<string, string>;
}

export interface TableWrite<T extends Table = Table> {
  table: T;
  /** Left out: the row holds its own key, or needs none. */
  key?: RecordKey;
  row: Row;
  /** Of an update: ETag that the row must still have. */
  ifMatch?: string;
  /** Whose columns they are. */
  item: INodeExecutionData;
  /** Its place among all items, from 0. */
  index: number;
}

/** What the fields of the node say where services differ; examples stand behind "e.g.". */
export interface TableWords {
  /** Of the Table field. */
  tableDescription: string;
  tableHint: string;
  tableExample: string;
  /** Field of the item that holds the columns. */
  columnsExample: string;
  expandExample: string;
  selectExample: string;
  filterExample: string;
  orderByExample: string;
}

/** How the user says which row is meant. */
export interface TableKeys<T extends Table = Table> {
  /** Fields to find one row; `more` are further ways, each a field of its own. */
  fields(subject: Subject<T>, more?: INodeProperties[]): INodeProperties[];
  /** The same fields for a row that is written, and further ways: its key may be among the columns. */
  fieldsOfWrite(subject: Subject<T>): INodeProperties[];
  /** The key that `fields` name. */
  read(reader: TableReader, subject: Subject<T>, index: number): RecordKey;
  /** The key that `fieldsOfWrite` name, or the columns hold. */
  readOfWrite(
    reader: TableReader,
    subject: Subject<T>,
    written: { columns: Row; table: T; index: number },
  ): RecordKey;
}

/** How the user says which row is at the other end of a relationship. */
export interface RelatedKeys {
  /** Named `related`; `hint` says what it means that none is chosen, where none need be. */
  field(hint?: string): INodeProperties;
  /** Its key in one text. undefined: none is chosen. Throws a validation error where what is chosen is no key. */
  read(reader: TableReader, index: number): string | undefined;
  /** The property of a row that holds the key of what a lookup column points to. */
  property(lookupColumn: string): string;
}

/** Actions and functions of the service, which its tables can be called with. */
export interface CallService {
  /** What stands as example behind "e.g.". */
  example: string;
  /** What the service says that it has; asked once for a run, and once in a while for the editor. */
  callables(client: ODataClient): Promise<Callables>;
}

/** Files in columns of their own. */
export interface FileService<T extends Table = Table> {
  /** Whether a column takes a file. */
  isFile(column: Column): boolean;
  /** Puts a file in; what it came to. */
  upload(tables: Tables<T>, place: FilePlace<T>, file: FileSource): Promise<object>;
  download(tables: Tables<T>, place: FilePlace<T>): Promise<OpenFile>;
  remove(tables: Tables<T>, place: FilePlace<T>): SingleOperation;
}

export interface FilePlace<T extends Table = Table> {
  table: T;
  key: RecordKey;
  column: Column;
}

export interface FileSource {
  name: string;
  /** MIME type. */
  type: string;
  content: AsyncIterable<Uint8Array> | Iterable<Uint8Array>;
}

export interface OpenFile {
  name: string;
  /** Bytes. */
  size: number;
  content: AsyncIterable<Uint8Array>;
  /** It is the small picture of an image column that keeps no other. */
  thumbnail?: true;
}

export interface QueryLanguage {
  /** As the panel calls it. */
  name: string;
  /** Value of Query, and name of the field that takes the text. */
  value: string;
  description: string;
  field: Pick<INodeProperties, 'description' | 'placeholder' | 'hint' | 'typeOptions'>;
  /** Reads a query of one table. Throws a validation error where it is none, or one of another table. */
  read(table: Table, text: string): unknown;
  rows(
    client: ODataClient,
    set: string,
    query: unknown,
    options: { annotations?: boolean; limit?: number },
  ): Promise<Row[]>;
}

/**
 * A service whose tables the operations, fields and lists of this folder work on. All that differs between services
 * stands here: the operations know no service.
 */
export interface TableService<T extends Table = Table> {
  words: TableWords;
  options: {
    /** Of every operation. */
    request: INodeProperties[];
    /** Of every operation that sends what it does for many items together. */
    batch: INodeProperties[];
    /** Of every operation that changes something. */
    write: INodeProperties[];
    /** Of every operation that writes columns to rows. */
    rows?: INodeProperties[];
    /** Of every operation that writes or deletes the rows of any table. */
    together?: INodeProperties[];
    /** Of every operation that writes columns to rows that may be there. */
    change: INodeProperties[];
  };
  keys: TableKeys<T>;
  /** Left out: the service associates no rows. */
  related?: RelatedKeys;
  filters: {
    /** OData text of the conditions; undefined without any. */
    of(conditions: Condition[], combine: string, columns: Column[]): Filter | undefined;
    /** A column as conditions name it. */
    nameOf(column: Column): string;
    contains(column: string, text: string): Filter;
  };
  /** Left out: nothing can be called. */
  calls?: CallService;
  /** Left out: no column holds a file. */
  files?: FileService<T>;
  /** Another language that queries can be written in beside conditions. */
  language?: QueryLanguage;
  /** Option of Count, and what it comes to: a number of all rows of a table that costs little and may be old. */
  estimate?: {
    option: INodeProperties;
    count(tables: Tables<T>, table: T): Promise<number>;
  };
  /** Types of columns that the service fills where they are left out, even where it calls them required. */
  filled: ReadonlySet<ColumnType>;
  /** Name of the parameter whose value is a key of `knownTable`. Default: `resource`. */
  chosenBy?: string;
  /** Value of the Resource field → its known table, for lists that the editor asks for. */
  knownTable(resource: string): T | undefined;
  /** The subject of such a resource whose table the environment decides. */
  foundSubject?(resource: string): Subject<T> | undefined;
  /** The tables for one run; `options` are those of the node, and hold for all items alike. */
  open(context: IExecuteFunctions): Promise<Tables<T> & { options: TableOptions }>;
  openForEditor(context: ILoadOptionsFunctions): Promise<Tables<T>>;
  /** A row in friendly columns as the service takes it. Throws a validation error that names every misfit. */
  toWire(tables: Tables<T>, table: T, kind: WriteKind, row: Row): Promise<Row>;
  /** Writes many rows; one outcome for each. */
  write(
    tables: Tables<T>,
    kind: WriteKind,
    writes: TableWrite<T>[],
    run: { context: IExecuteFunctions; options: TableOptions },
  ): Promise<Outcome<RowResult>[]>;
}
